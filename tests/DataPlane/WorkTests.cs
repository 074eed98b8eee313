using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

public class WorkTests
{
    private const int Services = 40;

    [Test]
    public void In_iptables_mode_the_services_stand_at_the_places_1_to_n_of_the_list()
    {
        AtNode node = AtNode.With(ProxyModeNames.Iptables, Harbor());

        int[] rules = [.. Enumerable.Range(0, Services).Select(i => node.Work(ToService(i)).DispatchRules).Order()];

        Assert.That(rules, Is.EqualTo(Enumerable.Range(1, Services)));
    }

    [Test]
    public void In_iptables_mode_a_new_connection_for_no_service_passes_the_whole_list()
    {
        AtNode node = AtNode.With(ProxyModeNames.Iptables, Harbor());

        Work work = node.Work(Given.Packet("10.1.0.9", "10.1.1.9", from: PacketSource.Pod));

        // The last rule leads to the node ports.
        Assert.That(work, Is.EqualTo(new Work(Services + 1, 0, 0, Translated: false)));
    }

    [Test]
    public void In_iptables_mode_a_node_port_is_found_after_the_whole_list()
    {
        Cluster cluster = Harbor(nodePorts: true);
        AtNode node = AtNode.With(ProxyModeNames.Iptables, cluster);

        int[] rules = [.. Enumerable.Range(0, Services)
            .Select(i => node.Work(Given.Packet(Given.World, "192.0.2.1", 30_000 + i)).DispatchRules).Order()];

        Assert.That(rules, Is.EqualTo(Enumerable.Range(Services + 2, Services)));
    }

    [Test]
    public void In_iptables_mode_endpoint_i_is_reached_after_i_plus_1_rules()
    {
        AtNode node = AtNode.With(ProxyModeNames.Iptables, Harbor());

        int[] rules = [.. Enumerable.Range(0, 4).Select(endpoint => node.Work(ToService(0), endpoint).EndpointRules)];

        Assert.That(rules, Is.EqualTo(Enumerable.Range(1, 4)));
    }

    [Test]
    public void In_iptables_mode_session_affinity_asks_for_every_endpoint_before_it_draws_one()
    {
        AtNode node = AtNode.With(ProxyModeNames.Iptables, Harbor(affinity: true));

        Assert.That(node.Work(ToService(0), endpoint: 2).EndpointRules, Is.EqualTo(4 + 3));
        Assert.That(node.Work(ToService(0), endpoint: 2, byAffinity: true).EndpointRules, Is.EqualTo(3));
    }

    [Test]
    public void In_iptables_mode_services_without_endpoints_burden_the_filter_table_of_every_new_connection()
    {
        Cluster cluster = Harbor(empty: 10);
        AtNode node = AtNode.With(ProxyModeNames.Iptables, cluster);

        int[] filled = [.. Enumerable.Range(10, Services - 10).Select(i => node.Work(ToService(i)).DispatchRules).Order()];
        int[] refused = [.. Enumerable.Range(0, 10).Select(i => node.Work(ToService(i)).DispatchRules).Order()];

        Assert.That(filled, Is.EqualTo(Enumerable.Range(1 + 10, Services - 10)));
        Assert.That(refused, Is.EqualTo(Enumerable.Range(Services - 10 + 1 + 1, 10)), "the nat list, its last jump, then the place in filter");
    }

    [Test]
    public void The_mean_place_over_many_syncs_is_the_middle_of_the_list()
    {
        ServiceTable table = ServiceTable.Compile(Harbor());
        Cluster cluster = Harbor();
        NodeSnapshot snapshot = ProxyModeList.BuiltIn.Program(table, cluster.Nodes[0], cluster.KubeProxy, IptablesBackend.Nft, 0);

        double mean = Enumerable.Range(1, 4000).Average(sync =>
        {
            NodeSnapshot synced = snapshot.Synced(table, (ulong)sync * 0x9E3779B97F4A7C15);
            return synced.WorkOf(synced.Decide(ToService(5)), 0).DispatchRules;
        });

        // Uniform on 1..40: mean 20.5, standard deviation 11.54; 3.3 standard errors.
        Assert.That(mean, Is.EqualTo(20.5).Within(3.3 * 11.54 / Math.Sqrt(4000)));
    }

    [TestCase("10.96.0.3", 80, 2, TestName = "In nftables mode a cluster IP takes one look-up and one to choose")]
    [TestCase("192.0.2.1", 30_003, 4, TestName = "In nftables mode a node port takes three look-ups and one to choose")]
    [TestCase("10.1.1.9", 80, 2, TestName = "In nftables mode a packet for no Service is looked up twice")]
    public void Nftables_lookups(string destination, int port, int lookups)
    {
        AtNode node = AtNode.With(ProxyModeNames.Nftables, Harbor(nodePorts: true));

        Work work = node.Work(Given.Packet("10.1.0.9", destination, port, from: PacketSource.Pod));

        Assert.That((work.Lookups, work.DispatchRules, work.EndpointRules), Is.EqualTo((lookups, 0, 0)));
    }

    [Test]
    public void In_ipvs_mode_every_connection_takes_one_hash_lookup()
    {
        AtNode node = AtNode.With(ProxyModeNames.Ipvs, Harbor());

        Assert.That(node.Work(ToService(17)), Is.EqualTo(new Work(0, 0, 1, Translated: true)));
        Assert.That(node.Work(Given.Packet("10.1.0.9", "10.1.1.9")), Is.EqualTo(new Work(0, 0, 1, Translated: false)));
    }

    [Test]
    public void Nftables_and_ipvs_cost_the_same_among_ten_services_and_among_forty([Values(ProxyModeNames.Nftables, ProxyModeNames.Ipvs)] string mode)
    {
        Work few = AtNode.With(mode, Harbor(count: 10)).Work(ToService(3));
        Work many = AtNode.With(mode, Harbor()).Work(ToService(3));

        Assert.That(many, Is.EqualTo(few));
    }

    [Test]
    public void The_cost_is_linear_in_the_work()
    {
        BackendCosts costs = new() { NewConnectionNs = 1000, TranslationNs = 200, DispatchRuleNs = 15.3, EndpointRuleNs = 164, LookupNs = 50 };

        long ns = new Work(DispatchRules: 100, EndpointRules: 3, Lookups: 2, Translated: true).CostNs(costs);

        Assert.That(ns, Is.EqualTo(1000 + 200 + 1530 + 492 + 100));
    }

    [Test(Description = "Measured on Linux 6.18: connecting to the last of 10,000 Services took 172 us longer than without rules (iptables-nft), 33.5 us (legacy).")]
    public void The_last_of_ten_thousand_services_costs_what_a_real_kernel_took()
    {
        Work last = new(DispatchRules: 10_000, EndpointRules: 1, Lookups: 0, Translated: true);

        Assert.That(last.CostNs(CostProfile.Default.Of(CostProfile.IptablesNft)), Is.EqualTo(172_000).Within(20_000));
        Assert.That(last.CostNs(CostProfile.Default.Of(CostProfile.IptablesLegacy)), Is.EqualTo(33_500).Within(5_000));
    }

    private static Packet ToService(int index) => Given.Packet("10.1.0.9", $"10.96.0.{index}", from: PacketSource.Pod);

    private static Cluster Harbor(int count = Services, int empty = 0, bool nodePorts = false, bool affinity = false) => Given.Cluster(
        [Given.Node("pier-1", "192.0.2.1"), Given.Node("pier-2", "192.0.2.2")],
        Enumerable.Range(0, count).Select(i =>
        {
            Service service = Given.Service($"dock-{i}", $"10.96.0.{i}", nodePort: nodePorts ? 30_000 + i : 0);
            Endpoint[] endpoints = [.. Enumerable.Range(1, 4).Select(e => Given.Ready($"10.1.1.{e}", "pier-2"))];
            return (affinity ? service with { AffinitySeconds = 60 } : service, i < empty ? [] : endpoints);
        }));
}
