using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>A sample of the clusters on which the router is compared with rules read as text, here with rules obeyed by the kernel.</summary>
[TestFixtureSource(typeof(Backend), nameof(Backend.All))]
[Parallelizable(ParallelScope.Self)]
internal sealed class RandomClusterTests(Backend backend)
{
    private const int Clusters = 14;
    private const int PacketsEach = 30;

    private readonly Dictionary<bool, Lab> _labs = [];

    [OneTimeSetUp]
    public void Ask() => Machine.MustRun(backend);

    [OneTimeTearDown]
    public void Leave()
    {
        foreach (Lab lab in _labs.Values)
            lab.Dispose();
    }

    [Test]
    public async Task The_kernel_sends_every_packet_where_the_router_does([Range(0, Clusters - 1)] int seed)
    {
        RandomCluster random = RandomCluster.Make(seed, backend.Mode) with { Node = 0 };
        NodeSnapshot snapshot = random.Snapshot();
        Lab lab = LabFor(random.Cluster.KubeProxy);
        foreach (Endpoint endpoint in random.Cluster.EndpointSlices.SelectMany(slice => slice.Endpoints))
            AddPod(lab, endpoint.Addresses[0]);
        backend.Load(lab.Node, snapshot);
        using Judge judge = new(lab, snapshot);
        judge.ListenAtEndpoints(random.Cluster);
        // A balancer's address is nobody's to send from here.
        Packet[] packets = [.. random.Packets(PacketsEach).Where(packet => packet.Protocol != Protocol.SCTP && !IsBalancer(packet.Source)).Distinct()];
        foreach (Packet packet in packets)
        {
            lab.AddBeyond(packet.Destination);
            judge.Listen(new Place(packet.Destination, packet.DestinationPort), packet.Protocol);
        }

        await judge.CompareAll(packets);
    }

    private static bool IsBalancer(IpAddress address) => address == PlaceNames.Balancer(1, address.Family);

    private Lab LabFor(KubeProxyConfiguration configuration)
    {
        bool isBridged = configuration.DetectLocalMode == DetectLocalMode.BridgeInterface;
        if (_labs.TryGetValue(isBridged, out Lab? known))
            return known;
        Lab lab = new(isBridged ? "cni0" : null);
        _labs.Add(isBridged, lab);
        foreach (IpFamily family in Enum.GetValues<IpFamily>())
        {
            lab.AddToNode(PlaceNames.Node(1, family));
            lab.AddToNode(PlaceNames.SecondOfNode(1, family));
            foreach (IpAddress host in (IpAddress[])[PlaceNames.Host(0, family), PlaceNames.Host(1, family), PlaceNames.Node(2, family),
                PlaceNames.Node(3, family), PlaceNames.Node(4, family), PlaceNames.Pod(2, 200, family), PlaceNames.Pod(2, 7, family)])
                lab.AddHost(host);
            foreach (IpAddress pod in (IpAddress[])[PlaceNames.Pod(1, 200, family), PlaceNames.Pod(1, 1, family), PlaceNames.Pod(2, 2, family)])
                AddPod(lab, pod);
        }
        return lab;
    }

    private static void AddPod(Lab lab, IpAddress pod)
    {
        if (PlaceNames.PodsOf(1, pod.Family).Contains(pod))
            lab.AddPod(pod);
        else
            lab.AddRemotePod(pod);
    }
}
