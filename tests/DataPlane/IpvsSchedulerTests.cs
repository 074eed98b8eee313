using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

public class IpvsSchedulerTests
{
    [Test]
    public void Round_robin_takes_one_after_the_other()
    {
        Assert.That(Picks("rr", Servers(1, 1, 1), count: 7), Is.EqualTo((int[])[0, 1, 2, 0, 1, 2, 0]));
    }

    [Test]
    public void Weighted_round_robin_serves_each_as_often_as_its_weight_says()
    {
        int[] picks = Picks("wrr", Servers(3, 1, 2), count: 60);

        Assert.That(picks.CountBy(pick => pick).OrderBy(pair => pair.Key).Select(pair => pair.Value), Is.EqualTo((int[])[30, 10, 20]));
        Assert.That(picks[..6], Is.EqualTo((int[])[0, 0, 2, 0, 1, 2]));
    }

    [Test]
    public void Round_robin_goes_on_after_the_set_changed()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("rr");
        EndpointEntry[] all = Entries(1, 1, 1, 1);
        EndpointSet before = new(all);
        scheduler.Pick(before, Anyone);
        scheduler.Pick(before, Anyone);

        EndpointSet withoutFirst = new([.. all[1..]]);
        EndpointSet withoutServed = new([all[0], all[2], all[3]]);

        Assert.That(withoutFirst[scheduler.Pick(withoutFirst, Anyone)].Address, Is.EqualTo(all[2].Address));
        Assert.That(withoutServed[scheduler.Pick(withoutServed, Anyone)].Address, Is.EqualTo(all[3].Address));
    }

    [TestCase("lc", 1)]
    [TestCase("wlc", 0)]
    [TestCase("sed", 0)]
    [TestCase("nq", 2)]
    public void The_least_loaded_is_a_matter_of_opinion(string name, int expected)
    {
        // Active connections 3, 1 and (for nq) 0, weights 8, 1, 1.
        IpvsScheduler scheduler = IpvsScheduler.Create(name);
        EndpointSet servers = name == "nq" ? Servers(8, 1, 1) : Servers(8, 1);
        for (int i = 0; i < 3; i++)
            scheduler.Opened(servers[0]);
        scheduler.Opened(servers[1]);

        Assert.That(scheduler.Pick(servers, Anyone), Is.EqualTo(expected));
    }

    [Test]
    public void Least_connection_takes_the_first_of_equals()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("lc");
        EndpointSet servers = Servers(1, 1, 1);
        scheduler.Opened(servers[0]);

        Assert.That(scheduler.Pick(servers, Anyone), Is.EqualTo(1));
    }

    [Test]
    public void What_is_not_open_cannot_be_closed()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("lc");
        EndpointSet servers = Servers(1, 1);
        scheduler.Opened(servers[0]);
        scheduler.Closed(servers[0], now: 0);

        Assert.That(() => scheduler.Closed(servers[0], now: 0), Throws.InvalidOperationException);
    }

    // ip_vs_dest_conn_overhead, and the two minutes of TIME_WAIT; ip_vs_sed.c and ip_vs_nq.c look at active connections alone.
    [TestCase("lc", 1)]
    [TestCase("wlc", 1)]
    [TestCase("sed", 0)]
    [TestCase("nq", 0)]
    public void A_closed_connection_counts_a_little_for_two_minutes(string name, int lately)
    {
        const long Second = 1_000_000_000;
        IpvsScheduler scheduler = IpvsScheduler.Create(name);
        EndpointSet servers = Servers(1, 1);
        scheduler.Opened(servers[0]);
        scheduler.Closed(servers[0], now: 10 * Second);

        scheduler.Forget(129 * Second);
        Assert.That(scheduler.Pick(servers, Anyone), Is.EqualTo(lately));
        scheduler.Forget(130 * Second);
        Assert.That(scheduler.Pick(servers, Anyone), Is.Zero);
    }

    [Test]
    public void Many_closed_connections_weigh_less_than_one_that_is_open()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("lc");
        EndpointSet servers = Servers(1, 1);
        for (int number = 0; number < 255; number++)
        {
            scheduler.Opened(servers[0]);
            scheduler.Closed(servers[0], now: 0);
        }
        scheduler.Opened(servers[1]);

        Assert.That(scheduler.Pick(servers, Anyone), Is.Zero);
    }

    [Test]
    public void A_source_hash_keeps_a_client_at_its_server_and_spreads_clients_evenly([Values("sh", "mh")] string name)
    {
        IpvsScheduler scheduler = IpvsScheduler.Create(name);
        EndpointSet servers = Servers(1, 1, 1, 1);
        int[] counts = new int[4];
        for (int client = 0; client < 4000; client++)
        {
            Packet packet = From(client);
            int pick = scheduler.Pick(servers, packet);
            Assert.That(scheduler.Pick(servers, packet), Is.EqualTo(pick));
            counts[pick]++;
        }

        Assert.That(counts, Is.All.EqualTo(1000).Within(100));
    }

    [Test(Description = "pkg/proxy/ipvs sets FlagSourceHash, the kernel's IP_VS_SVC_F_SCHED_MH_PORT")]
    public void Maglev_counts_the_source_port_too_so_that_one_client_is_spread_evenly()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("mh");
        EndpointSet servers = Servers(1, 1, 1, 1);

        int[] counts = [.. Enumerable.Range(32_768, 4_000).CountBy(port => scheduler.Pick(servers, From(1) with { SourcePort = port })).Select(pair => pair.Value)];

        Assert.That(counts, Has.Length.EqualTo(4).And.All.EqualTo(1_000).Within(100));
    }

    [Test(Description = "Eisenbud et al., Maglev, NSDI 2016: few keys move that need not.")]
    public void Maglev_moves_few_clients_when_a_server_leaves_where_a_plain_hash_moves_most()
    {
        double Moved(string name)
        {
            IpvsScheduler scheduler = IpvsScheduler.Create(name);
            EndpointEntry[] all = Entries(1, 1, 1, 1, 1);
            EndpointSet before = new(all);
            EndpointSet after = new(all[..4]);
            int[] stayed = [.. Enumerable.Range(0, 4000).Where(client => scheduler.Pick(before, From(client)) < 4)];
            int[] picks = [.. stayed.Select(client => scheduler.Pick(before, From(client)))];
            return stayed.Zip(picks).Count(pair => scheduler.Pick(after, From(pair.First)) != pair.Second) / (double)stayed.Length;
        }

        Assert.That(Moved("mh"), Is.LessThan(0.10));
        Assert.That(Moved("sh"), Is.GreaterThan(0.50));
    }

    [Test]
    public void A_destination_hash_sends_every_client_of_an_address_to_one_server()
    {
        IpvsScheduler scheduler = IpvsScheduler.Create("dh");
        EndpointSet servers = Servers(1, 1, 1);

        Assert.That(Enumerable.Range(0, 50).Select(client => scheduler.Pick(servers, From(client))).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Locality_stays_until_its_server_is_overloaded_while_another_is_idle([Values("lblc", "lblcr")] string name)
    {
        IpvsScheduler scheduler = IpvsScheduler.Create(name);
        EndpointSet servers = Servers(1, 1);

        int first = scheduler.Pick(servers, Anyone);
        scheduler.Opened(servers[first]);
        int second = scheduler.Pick(servers, Anyone);
        scheduler.Opened(servers[second]);
        int third = scheduler.Pick(servers, Anyone);

        Assert.That((first, second, third), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public void An_unknown_name_is_refused()
    {
        Assert.That(() => IpvsScheduler.Create("fifo"), Throws.ArgumentException.With.Message.Contains("fifo"));
    }

    private static readonly Packet Anyone = From(0);

    private static Packet From(int client) =>
        Given.Packet("198.18.0.0", "10.96.0.1") with { Source = IpAddress.Parse("198.18.0.0").Plus((UInt128)client) };

    private static int[] Picks(string name, EndpointSet servers, int count)
    {
        IpvsScheduler scheduler = IpvsScheduler.Create(name);
        return [.. Enumerable.Range(0, count).Select(_ => scheduler.Pick(servers, Anyone))];
    }

    private static EndpointSet Servers(params int[] weights) => new(Entries(weights));

    private static EndpointEntry[] Entries(params int[] weights) =>
        [.. weights.Select((weight, i) => new EndpointEntry(IpAddress.Parse($"10.1.1.{i + 1}"), 80, 0, -1, weight))];
}
