using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>Session affinity as the kernel keeps it: by the client's address and the Service's port, for a while, at one endpoint.</summary>
[TestFixtureSource(typeof(Backend), nameof(Backend.All))]
[Parallelizable(ParallelScope.Self)]
internal sealed class SessionAffinityTests(Backend backend)
{
    private const int Endpoints = 5;
    private const int Seconds = 3;

    private StickyService _service = null!;

    [OneTimeSetUp]
    public void Build()
    {
        Machine.MustRun(backend);
        _service = new StickyService(backend, Endpoints);
    }

    [OneTimeTearDown]
    public void Leave() => _service?.Dispose();

    [Test]
    public async Task A_client_stays_at_its_endpoint_whichever_address_it_calls()
    {
        _service.Load(Service.DefaultAffinitySeconds, Endpoints);

        foreach (int client in Enumerable.Range(1, 20))
        {
            HashSet<string> reached = [];
            foreach (Place way in StickyService.Ways)
                reached.UnionWith(await _service.Reach(client, way, times: 4));
            Assert.That(reached, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Clients_are_shared_equally()
    {
        _service.Load(Service.DefaultAffinitySeconds, Endpoints);

        List<string> reached = await _service.ReachAll(Enumerable.Range(1_000, 400));

        Assert.That(reached.Distinct().Count(), Is.EqualTo(Endpoints));
        Assert.That(Shares.AreEqual(reached.CountBy(server => server).Select(pair => pair.Value)), Is.True);
    }

    [Test]
    public async Task Each_connection_puts_off_the_end_and_then_the_choice_is_free_again()
    {
        _service.Load(Seconds, Endpoints);
        int[] clients = [.. Enumerable.Range(2_000, 30)];
        List<string> first = await _service.ReachAll(clients);

        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 * Seconds));
            Assert.That(await _service.ReachAll(clients), Is.EqualTo(first));
        }
        await Task.Delay(TimeSpan.FromSeconds(1.5 * Seconds));

        // That all thirty draw the same again happens once in 5^30 runs.
        Assert.That(await _service.ReachAll(clients), Is.Not.EqualTo(first));
    }
}

/// <summary>What iptables remembers when endpoints come and go. In nftables mode kube-proxy deletes the set of an endpoint together with it.</summary>
[TestFixtureSource(typeof(Backend), nameof(Backend.OfIptables))]
[Parallelizable(ParallelScope.Self)]
internal sealed class ForgottenClientTests(Backend backend)
{
    private const int Endpoints = 5;

    [Test]
    public async Task An_endpoint_that_left_has_forgotten_its_clients_when_it_returns()
    {
        Machine.MustRun(backend);
        using StickyService service = new(backend, Endpoints);
        int[] clients = [.. Enumerable.Range(3_000, 60)];
        service.Load(Service.DefaultAffinitySeconds, Endpoints);
        List<string> first = await service.ReachAll(clients);

        service.Replace(Service.DefaultAffinitySeconds, Endpoints - 1);
        List<string> without = await service.ReachAll(clients);
        service.Replace(Service.DefaultAffinitySeconds, Endpoints);
        List<string> again = await service.ReachAll(clients);

        string left = StickyService.Server(Endpoints);
        Assert.That(first, Does.Contain(left));
        Assert.That(without, Does.Not.Contain(left));
        Assert.That(again, Is.EqualTo(without), "who had to move stays where it went");
        Assert.That(first.Zip(without).Where(pair => pair.First != left), Is.All.Matches<(string First, string Second)>(pair => pair.First == pair.Second));
    }
}
