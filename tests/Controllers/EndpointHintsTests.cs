using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// Which zone or node an endpoint is hinted for. Facts: kubernetes/kubernetes staging/src/k8s.io/endpointslice, trafficdist_test.go
/// (TestReconcileHints), topologycache_test.go (TestAddHints, TestSetNodes), topologycache/utils_test.go (Test_getGivingAndReceivingZones).
/// </summary>
public class EndpointHintsTests
{
    [TestCase("PreferClose", "a", "")]
    [TestCase("PreferSameZone", "a", "")]
    [TestCase("PreferSameNode", "a", "n1")]
    [TestCase("Unknown", "", "")]
    [TestCase(null, "", "")]
    public void Traffic_distribution_hints_each_endpoint_for_where_it_is(string? distribution, string zones, string nodes)
    {
        Endpoint endpoint = Hinted(Web with { TrafficDistribution = distribution }, "a").Single();

        Assert.That((endpoint.ZoneHints.List(), endpoint.NodeHints.List()), Is.EqualTo((zones, nodes)));
    }

    [Test]
    public void An_endpoint_that_is_not_ready_has_no_hint()
    {
        Pod[] pods = [PodIn(0) with { Ready = false }, PodIn(0)];

        Endpoint[] endpoints = Hinted(Web with { TrafficDistribution = "PreferClose" }, [Made.Node("n1", "a")], pods);

        Assert.That(endpoints.Select(endpoint => endpoint.ZoneHints.Length).List(), Is.EqualTo("0 1"));
    }

    [Test]
    public void Without_zones_only_nodes_are_hinted()
    {
        Node zoneless = new() { Meta = new ObjectMeta { Name = "n1" } };

        Endpoint endpoint = Hinted(Web with { TrafficDistribution = "PreferSameNode" }, [zoneless], [PodIn(0)]).Single();

        Assert.That((endpoint.ZoneHints.List(), endpoint.NodeHints.List()), Is.EqualTo(("", "n1")));
    }

    [TestCase("a b", "a b")]
    [TestCase("a a b b", "a a b b")]
    [TestCase("a a a a b b", "b a a a b b", Description = "zones with the same CPU get the same number: one is lent")]
    [TestCase("a a a a", "b b a a")]
    [TestCase("b b b b", "a a b b")]
    public void By_CPU_endpoints_are_lent_to_zones_that_have_too_few(string endpoints, string hints) =>
        Assert.That(Hinted(ByCpu, endpoints.Split(' ')).Select(endpoint => endpoint.ZoneHints.Single()).List(), Is.EqualTo(hints));

    [Test]
    public void By_CPU_a_larger_zone_gets_more()
    {
        ImmutableArray<Node> nodes = [Made.Node("n1", "a") with { AllocatableMilliCpu = 1_000 }, Made.Node("n2", "b") with { AllocatableMilliCpu = 3_000 }];

        Endpoint[] endpoints = Hinted(ByCpu, nodes, [PodIn(0), PodIn(0), PodIn(0), PodIn(1)]);

        Assert.That(endpoints.Select(endpoint => endpoint.ZoneHints.Single()).List(), Is.EqualTo("b b a b"));
    }

    [Test]
    public void The_annotation_outranks_the_field()
    {
        Endpoint[] endpoints = Hinted(ByCpu with { TrafficDistribution = "PreferClose" }, "a", "a", "a", "a");

        Assert.That(endpoints.Count(endpoint => endpoint.ZoneHints.Single() == "b"), Is.EqualTo(2));
    }

    [Test]
    public void Of_two_annotations_the_older_one_counts()
    {
        Service service = ByCpu with { Meta = ByCpu.Meta with { Annotations = ByCpu.Meta.Annotations.Add("service.kubernetes.io/topology-aware-hints", "disabled") } };

        Assert.That(Hinted(service, "a", "b").SelectMany(endpoint => endpoint.ZoneHints), Is.Empty);
    }

    [TestCase("a", "Insufficient number of endpoints (1 endpoints, 2 zones), addressType: IPv4")]
    [TestCase("a b", "Topology Aware Hints has been enabled, addressType: IPv4")]
    public void An_event_says_whether_there_are_hints(string endpoints, string message)
    {
        Cluster cluster = ClusterOf(ByCpu, TwoZones, [.. endpoints.Split(' ').Select(zone => PodIn(zone[0] - 'a'))]);

        Assert.That(cluster.Events.Single().Message, Is.EqualTo(message));
        Assert.That(cluster.Events.Single().Reason, Is.EqualTo(message.StartsWith("Top", StringComparison.Ordinal) ? "TopologyAwareHintsEnabled" : "TopologyAwareHintsDisabled"));
    }

    [Test(Description = "two zones alike need two endpoints each at least, as 1.5 / 1.2 rounds up, and three are not enough")]
    public void Three_endpoints_cannot_be_shared_by_two_zones() =>
        Assert.That(Hinted(ByCpu, "a", "b", "b").SelectMany(endpoint => endpoint.ZoneHints), Is.Empty);

    [Test(Description = "three zones of 5 : 4.5 : 0.5 need 3 + 3 + 1 endpoints at least, which four are not")]
    public void Too_few_endpoints_for_the_least_that_every_zone_needs_have_no_hints()
    {
        ImmutableArray<Node> nodes = [Made.Node("n1", "a") with { AllocatableMilliCpu = 5_000 }, Made.Node("n2", "b") with { AllocatableMilliCpu = 4_500 }, Made.Node("n3", "c") with { AllocatableMilliCpu = 500 }];

        Cluster cluster = ClusterOf(ByCpu, nodes, [PodIn(0), PodIn(0), PodIn(1), PodIn(2)]);

        Assert.That(cluster.SlicesOf("web").Single().Endpoints.SelectMany(endpoint => endpoint.ZoneHints), Is.Empty);
        Assert.That(cluster.Events.Single().Message, Does.StartWith("Unable to allocate minimum required endpoints").And.Contains("(4 endpoints, 3 zones)"));
    }

    [Test]
    public void Nodes_that_are_down_or_of_the_control_plane_have_no_share()
    {
        Node master = Made.Node("n3", "c", "node-role.kubernetes.io/control-plane=");
        Node down = Made.Node("n4", "d") with { Ready = false };

        Assert.That(ZoneShares.Of([.. TwoZones, master, down])!.Zones, Is.EqualTo(new[] { ("a", 0.5), ("b", 0.5) }));
    }

    [TestCase("a", Description = "one zone only")]
    [TestCase("a ", Description = "a node without a zone")]
    public void Without_zones_for_all_nodes_there_are_no_shares(string zones) =>
        Assert.That(ZoneShares.Of([.. zones.Split(' ').Select((zone, number) => Made.Node($"n{number}", zone))]), Is.Null);

    [TestCase("a=5 b=5.6 c=5.4", "a=16", "a=11", "b=6 c=5", Description = "the odd one goes where more is missing")]
    [TestCase("a=5 b=5.6 c=5.4", "b=8 c=8", "b=2 c=3", "a=5", Description = "the odd one comes from where more is too much")]
    [TestCase("a=5 b=5 c=5", "a=6 b=6 c=6", "", "", Description = "nobody needs any")]
    [TestCase("a=1.4 b=1.6", "a=2 b=1", "", "", Description = "less than one too much and less than one missing: it would not get better")]
    public void Zones_give_and_get_one_endpoint_at_a_time(string desired, string allocated, string giving, string receiving)
    {
        var (gives, gets) = HintAllocation.GivingAndReceiving(
            new SortedDictionary<string, ZoneAllocation>(Amounts(desired).ToDictionary(zone => zone.Key, zone => new ZoneAllocation(zone.Value, 0))), new SortedDictionary<string, int>(Amounts(allocated).ToDictionary(zone => zone.Key, zone => (int)zone.Value)));

        Assert.That((gives.Select(zone => $"{zone.Key}={zone.Value}").List(), gets.Select(zone => $"{zone.Key}={zone.Value}").List()), Is.EqualTo((giving, receiving)));
    }

    private static readonly Service Web = Made.Service("web", "app=web");
    private static readonly Service ByCpu = Web with { Meta = Made.Meta("web") with { Annotations = Made.Labels("service.kubernetes.io/topology-mode=Auto") } };
    private static readonly ImmutableArray<Node> TwoZones = [Made.Node("n1", "a"), Made.Node("n2", "b")];

    private static Pod PodIn(int node) => Made.Pod("pod", "app=web", new PodSpec { NodeName = $"n{node + 1}" });

    private static Endpoint[] Hinted(Service service, params string[] zones) => Hinted(service, TwoZones, [.. zones.Select(zone => PodIn(zone[0] - 'a'))]);

    private static Endpoint[] Hinted(Service service, ImmutableArray<Node> nodes, Pod[] pods) =>
        [.. ClusterOf(service, nodes, pods).SlicesOf("web").SelectMany(slice => slice.Endpoints)];

    private static Cluster ClusterOf(Service service, ImmutableArray<Node> nodes, Pod[] pods) => new ClusterObjects
    {
        Nodes = nodes,
        Pods = [.. pods.Select((pod, number) => pod with { Meta = pod.Meta with { Name = $"pod-{number}" } })],
        Services = [service],
    }.Reconciled().Cluster;

    private static Dictionary<string, double> Amounts(string text) => text.Split(' ').Select(part => part.Split('=')).ToDictionary(
        part => part[0], part => double.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture));
}
