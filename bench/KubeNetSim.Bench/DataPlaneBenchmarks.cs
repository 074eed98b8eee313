using System.Text;
using BenchmarkDotNet.Attributes;

namespace KubeNetSim.Bench;

/// <summary>Where a packet goes and what that costs, in each mode, with 1,000 Services of 10 pods.</summary>
public class RoutingBenchmarks
{
    private readonly Packet[] _packets = new Packet[1_024];
    private NodeSnapshot _snapshot = null!;
    private int _next;

    [Params(ProxyModeNames.Iptables, ProxyModeNames.Nftables, ProxyModeNames.Ipvs)]
    public string Mode { get; set; } = ProxyModeNames.Iptables;

    [GlobalSetup]
    public void Compile()
    {
        Cluster cluster = Manifests.Cluster(1_000, 10);
        ServiceTable services = ServiceTable.Compile(cluster);
        Node node = cluster.Nodes[0];
        _snapshot = ProxyModeList.BuiltIn.Program(services, node, cluster.KubeProxy with { Mode = Mode }, IptablesBackend.Nft, dispatchSeed: 1);
        Service[] called = [.. cluster.Services.Where(service => !service.ClusterIPs.IsEmpty)];
        for (int packet = 0; packet < _packets.Length; packet++)
        {
            Service service = called[packet * 7 % called.Length];
            _packets[packet] = new Packet(node.InternalAddresses[0], service.ClusterIPs[0], Protocol.TCP, service.Ports[0].Port, 0, PacketSource.Node);
        }
    }

    [Benchmark]
    public int Decide()
    {
        _snapshot.Decide(_packets[_next++ % _packets.Length], out Decision decision);
        Work work = _snapshot.WorkOf(decision, 0);
        return work.DispatchRules + work.Lookups;
    }
}

/// <summary>What the rules of a cluster are made from.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private Cluster _cluster = null!;

    [Params(100, 1_000, 10_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Read() => _cluster = Manifests.Cluster(Services, 10);

    [Benchmark]
    public object Table() => ServiceTable.Compile(_cluster);
}

/// <summary>Manifests from text to objects, as <c>kubenetsim run</c> reads them.</summary>
[MemoryDiagnoser]
public class LoadingBenchmarks
{
    private byte[] _text = [];

    [Params(100, 1_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Write() => _text = Encoding.UTF8.GetBytes(Manifests.R1(Services, 10) + Manifests.ScenarioText);

    [Benchmark]
    public object Yaml() => ScenarioReader.Read(["-"], new MemoryStream(_text));
}
