using KubeNetSim.Tests.DataPlane;

namespace KubeNetSim.Tests.Kernel;

/// <summary>A Service with session affinity on a node of its own, and a crowd of clients.</summary>
internal sealed class StickyService : IDisposable
{
    /// <summary>Its cluster IP.</summary>
    public static readonly Place ClusterIP = new(PlaceNames.ClusterIP(1, IpFamily.IPv4), 80);

    /// <summary>All the ways to it.</summary>
    public static readonly Place[] Ways =
        [ClusterIP, new(PlaceNames.External(1, IpFamily.IPv4), 80), new(PlaceNames.Node(1, IpFamily.IPv4), 30_080)];

    private readonly Lab _lab = new();
    private readonly Backend _backend;
    private readonly Dialer _dialer;
    private readonly List<Witness> _servers = [];

    public StickyService(Backend backend, int endpoints)
    {
        _backend = backend;
        _dialer = new Dialer(_lab);
        _lab.AddToNode(PlaceNames.Node(1, IpFamily.IPv4));
        for (int pod = 1; pod <= endpoints; pod++)
        {
            _lab.AddRemotePod(Pod(pod));
            _servers.Add(new Witness(_lab.At(Pod(pod)), Pod(pod), 8080, Protocol.TCP));
        }
    }

    /// <summary>The server of an endpoint.</summary>
    public static string Server(int endpoint) => $"{Pod(endpoint)}:8080";

    /// <summary>Loads the rules anew: nobody is remembered.</summary>
    public void Load(int seconds, int endpoints) => _backend.Load(_lab.Node, Snapshot(seconds, endpoints));

    /// <summary>Exchanges the rules in one step.</summary>
    public void Replace(int seconds, int endpoints) => _backend.Replace(_lab.Node, Snapshot(seconds, endpoints));

    /// <summary>The servers that one client reaches.</summary>
    public async Task<IEnumerable<string>> Reach(int client, Place place, int times = 1)
    {
        IpAddress source = IpAddress.FromIPv4((198u << 24) | (18u << 16) | (uint)client);
        Outcome[] outcomes = await _dialer.Dial(source, place, Protocol.TCP, times, TimeSpan.FromSeconds(10));
        return outcomes.Select(outcome => outcome.Server);
    }

    /// <summary>The servers that clients reach at the cluster IP, each with one connection.</summary>
    public async Task<List<string>> ReachAll(IEnumerable<int> clients)
    {
        List<string> reached = [];
        foreach (int client in clients)
            reached.AddRange(await Reach(client, ClusterIP));
        return reached;
    }

    public void Dispose()
    {
        foreach (Witness server in _servers)
            server.Dispose();
        _lab.Dispose();
    }

    private static IpAddress Pod(int number) => PlaceNames.Pod(2, number, IpFamily.IPv4);

    private NodeSnapshot Snapshot(int seconds, int endpoints)
    {
        Service service = Given.Service("dock", $"{ClusterIP.Address}", nodePort: 30_080) with
        {
            ExternalIPs = [PlaceNames.External(1, IpFamily.IPv4)],
            AffinitySeconds = seconds,
        };
        Cluster cluster = Given.Cluster([Given.Node("pier-1", "192.0.2.1")],
            (service, [.. Enumerable.Range(1, endpoints).Select(pod => Given.Ready($"{Pod(pod)}", "pier-2"))]));
        return ProxyModeList.BuiltIn.Program(
            ServiceTable.Compile(cluster), cluster.Nodes[0], cluster.KubeProxy with { Mode = _backend.Mode }, IptablesBackend.Nft, dispatchSeed: 5);
    }
}
