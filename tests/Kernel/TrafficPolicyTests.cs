using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// One Service after another, called from everywhere at each of its addresses: by pods of the node and of others, the node itself and the
/// world, in both families, over TCP and UDP.
/// </summary>
[TestFixtureSource(typeof(Backend), nameof(Backend.All))]
[Parallelizable(ParallelScope.Self)]
internal sealed class TrafficPolicyTests(Backend backend)
{
    private Lab _lab = null!;

    [OneTimeSetUp]
    public void Build()
    {
        Machine.MustRun(backend);
        _lab = new Lab();
        foreach (IpFamily family in Enum.GetValues<IpFamily>())
        {
            _lab.AddToNode(PlaceNames.Node(1, family));
            foreach (IpAddress host in (IpAddress[])[PlaceNames.Host(0, family), PlaceNames.Host(1, family), PlaceNames.Node(2, family)])
                _lab.AddHost(host);
            foreach (int pod in (int[])[1, 2, 200])
                _lab.AddPod(PlaceNames.Pod(1, pod, family));
            foreach (int pod in (int[])[1, 2, 3])
                _lab.AddRemotePod(PlaceNames.Pod(2, pod, family));
        }
    }

    [OneTimeTearDown]
    public void Leave() => _lab?.Dispose();

    [Test]
    public Task Shares_are_equal_over_thousands_of_connections([Values] IpFamily family)
    {
        Cluster cluster = Cluster(family, Protocol.TCP, service => service);
        return Compare(cluster, [new Place(PlaceNames.ClusterIP(1, family), 80)], [PlaceNames.Pod(1, 200, family)], connections: 6_000);
    }

    [Test]
    public Task Policy_cluster_shares_among_all_and_masquerades_at_external_addresses([Values] IpFamily family, [Values(Protocol.TCP, Protocol.UDP)] Protocol protocol) =>
        Compare(Cluster(family, protocol, service => service));

    [Test]
    public Task External_policy_local_keeps_the_clients_address_and_the_node_but_not_for_pods_and_the_node_itself([Values] IpFamily family) =>
        Compare(Cluster(family, Protocol.TCP, service => service.Externally(TrafficPolicy.Local)));

    [Test]
    public Task External_policy_local_without_local_endpoints_drops_the_world_only([Values] IpFamily family) =>
        Compare(Cluster(family, Protocol.TCP, service => service.Externally(TrafficPolicy.Local), here: []));

    [Test]
    public Task Internal_policy_local_confines_the_cluster_IP([Values] IpFamily family) =>
        Compare(Cluster(family, Protocol.TCP, service => service.Internally(TrafficPolicy.Local)));

    [Test]
    public Task Internal_policy_local_without_local_endpoints_drops([Values] IpFamily family) =>
        Compare(Cluster(family, Protocol.UDP, service => service.Internally(TrafficPolicy.Local), here: []));

    [Test]
    public Task Without_endpoints_everybody_is_refused([Values] IpFamily family, [Values(Protocol.TCP, Protocol.UDP)] Protocol protocol) =>
        Compare(Cluster(family, protocol, service => service, here: [], there: []));

    [Test]
    public Task Source_ranges_guard_the_balancers_address([Values] IpFamily family) =>
        Compare(Cluster(family, Protocol.TCP, service => service with { LoadBalancerSourceRanges = [PlaceNames.Hosts(family)] }));

    [Test]
    public Task Terminating_endpoints_of_the_node_serve_where_no_other_is_ready_there([Values] IpFamily family)
    {
        Cluster cluster = Cluster(family, Protocol.TCP, service => service.Externally(TrafficPolicy.Local));
        EndpointSlice slice = cluster.EndpointSlices[0];
        return Compare(cluster with
        {
            EndpointSlices = [slice with { Endpoints = [.. slice.Endpoints.Select(each =>
                each.NodeName == "pier-1" ? each with { Ready = false, Serving = true, Terminating = true } : each)] }],
        });
    }

    [Test]
    public Task Where_everything_is_masqueraded_pods_are_too([Values] IpFamily family)
    {
        Cluster cluster = Cluster(family, Protocol.TCP, service => service);
        return Compare(cluster with { KubeProxy = cluster.KubeProxy with { MasqueradeAll = true } });
    }

    [Test]
    public Task Where_nothing_tells_pods_from_others_nobody_is_masqueraded_at_the_cluster_IP([Values] IpFamily family)
    {
        Cluster cluster = Cluster(family, Protocol.TCP, service => service.Externally(TrafficPolicy.Local));
        return Compare(cluster with { KubeProxy = cluster.KubeProxy with { ClusterCidrs = [] } });
    }

    private Cluster Cluster(IpFamily family, Protocol protocol, Func<Service, Service> change, int[]? here = null, int[]? there = null)
    {
        Service service = change(Given.Service("dock", "10.96.0.1").WithLoadBalancer("203.0.113.1") with
        {
            ClusterIPs = [PlaceNames.ClusterIP(1, family)],
            ExternalIPs = [PlaceNames.External(1, family)],
            LoadBalancerIngress = [new LoadBalancerIngress(PlaceNames.Balancer(1, family), null, ProxyMode: false)],
            Ports = [new ServicePort { Name = "web", Port = 80, Protocol = protocol, NodePort = 30_080 }],
        });
        IEnumerable<Endpoint> endpoints =
        [
            .. (here ?? [1, 2]).Select(pod => Given.Ready($"{PlaceNames.Pod(1, pod, family)}", "pier-1")),
            .. (there ?? [1, 2, 3]).Select(pod => Given.Ready($"{PlaceNames.Pod(2, pod, family)}", "pier-2")),
        ];
        return Given.Cluster([Node(1, family), Node(2, family)], (service, [.. endpoints])) with
        {
            KubeProxy = new KubeProxyConfiguration { Mode = backend.Mode },
            PodCidrs = [PlaceNames.Pods(family)],
            ServiceCidrs = [PlaceNames.Services(family)],
        };
    }

    private static Node Node(int number, IpFamily family) =>
        Given.Node($"pier-{number}", $"{PlaceNames.Node(number, family)}", pods: $"{PlaceNames.PodsOf(number, family)}");

    private Task Compare(Cluster cluster)
    {
        IpFamily family = cluster.Services[0].ClusterIPs[0].Family;
        Place[] destinations =
        [
            new(PlaceNames.ClusterIP(1, family), 80), new(PlaceNames.External(1, family), 80), new(PlaceNames.Balancer(1, family), 80),
            new(PlaceNames.Node(1, family), 30_080), new(PlaceNames.ClusterIP(1, family), 81), new(PlaceNames.Unallocated(family), 80),
        ];
        IpAddress[] sources =
        [
            PlaceNames.Host(0, family), PlaceNames.Host(1, family), PlaceNames.Node(1, family), PlaceNames.Node(2, family),
            PlaceNames.Pod(1, 200, family), PlaceNames.Pod(1, 1, family),
        ];
        return Compare(cluster, destinations, sources, connections: 160);
    }

    private async Task Compare(Cluster cluster, Place[] destinations, IpAddress[] sources, int connections)
    {
        NodeSnapshot snapshot = ProxyModeList.BuiltIn.Program(ServiceTable.Compile(cluster), cluster.Nodes[0], cluster.KubeProxy, IptablesBackend.Nft, 5);
        backend.Load(_lab.Node, snapshot);
        using Judge judge = new(_lab, snapshot);
        judge.ListenAtEndpoints(cluster);
        ServicePort port = cluster.Services[0].Ports[0];
        foreach (Place place in destinations)
        {
            _lab.AddBeyond(place.Address);
            judge.Listen(place, port.Protocol);
        }
        await judge.CompareAll(
            from destination in destinations
            from source in sources
            select new Packet(source, destination.Address, port.Protocol, destination.Port, 0, snapshot.SourceOf(source)), connections);
    }
}
