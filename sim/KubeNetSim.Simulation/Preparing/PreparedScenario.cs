using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>
/// A scenario whose tables are compiled and whose clients and targets are found: what runs and traces start from. Immutable.
/// </summary>
public sealed record PreparedScenario
{
    /// <summary>Room for time series, counted in intervals of a node (two numbers).</summary>
    private const int SeriesRoom = 2_000_000;

    /// <summary>An interval of a workload, with its histogram, takes as much memory as this number of intervals of a node.</summary>
    private const int RoomOfWorkload = 20;

    /// <summary>A series of fewer intervals would show nothing.</summary>
    private const int FewestIntervals = 10;

    internal PreparedScenario(Scenario scenario, Cluster cluster, ImmutableArray<DefaultTaken> defaults, bool isSteady)
    {
        Scenario = scenario;
        Cluster = cluster;
        Defaults = defaults;
        Topology = new Topology(cluster);
        Services = ServiceTable.Compile(cluster);
        LoadBalancers = LoadBalancerTable.Compile(cluster, Services);
        Dns = DnsOf(cluster, scenario);
        Service? dns = cluster.Services.FirstOrDefault(service => service.Meta is { Namespace: "kube-system", Name: "kube-dns" });
        DnsServer = AddressOf(dns);
        Servings = new ServingTable(scenario, dns, cluster, isSteady);
    }

    /// <summary>What was asked.</summary>
    public Scenario Scenario { get; internal init; }

    /// <summary>The cluster at the start.</summary>
    public Cluster Cluster { get; }

    /// <summary>The proxy modes that are known.</summary>
    public ProxyModeList Modes { get; init; } = ProxyModeList.BuiltIn;

    /// <summary>What was assumed of the traffic because the files do not say it.</summary>
    public ImmutableArray<DefaultTaken> Defaults { get; }

    /// <summary>Names of its workloads, in order.</summary>
    public IEnumerable<string> WorkloadNames => Workloads.Select(workload => workload.Spec.Name);

    internal ImmutableArray<PreparedWorkload> Workloads { get; init; } = [];

    internal Topology Topology { get; }

    internal ServiceTable Services { get; }

    internal LoadBalancerTable LoadBalancers { get; }

    internal DnsTable Dns { get; }

    /// <summary>Cluster DNS as clients address it; null where the cluster has none.</summary>
    internal Destination? DnsServer { get; }

    internal ServingTable Servings { get; }

    internal OutsideNames OutsideNames { get; } = new();

    /// <summary>How an address that is no pod's is named in results.</summary>
    internal string NameOfOutside(IpAddress address) => OutsideNames.NameOf(address);

    /// <summary>The same with another end of the warm-up [ns since the start].</summary>
    public PreparedScenario WithWarmup(long warmupNs) =>
        this with { Scenario = Scenario with { Run = Scenario.Run with { WarmupNs = warmupNs } } };

    /// <summary>The same with another number of replications.</summary>
    public PreparedScenario WithReplications(int replications) =>
        this with { Scenario = Scenario with { Run = Scenario.Run with { Replications = replications } } };

    /// <summary>The scheduler of the nodes' kernels; null where rules draw an endpoint at random.</summary>
    public string? Scheduler => Mode.SchedulerOf(Cluster.KubeProxy);

    /// <summary>The mode of the nodes' kube-proxy.</summary>
    internal ProxyMode Mode => Modes.Of(Cluster.KubeProxy.Mode);

    /// <summary>What a unit of work costs on the nodes.</summary>
    internal BackendCosts Costs => Scenario.Costs.Of(Mode.CostsKey(Scenario.IptablesBackend));

    /// <summary>Requests that start before this are not measured [ns].</summary>
    internal long WarmupNs => Scenario.Run.WarmupNs ?? Scenario.Run.DurationNs / 10;

    /// <summary>What a node has programmed after its sync with this number: each full sync draws the order of its rules anew.</summary>
    internal NodeSnapshot SnapshotOf(int node, int replication, int sync) =>
        Snapshots.Of(Modes, Services, Scenario, Cluster, Cluster.Nodes[node], replication, sync);

    /// <summary>Length of an interval of time series [ns].</summary>
    internal long IntervalNs => Math.Max(
        Scenario.Run.IntervalNs ?? Scenario.Run.DurationNs / 100, (Scenario.Run.DurationNs + MostIntervals - 1) / MostIntervals);

    // Of hundreds of workloads or thousands of nodes fewer intervals are kept, so that series never take the memory that the cluster needs.
    private long MostIntervals => Math.Clamp(SeriesRoom / ((RoomOfWorkload * Workloads.Length) + Cluster.Nodes.Length), FewestIntervals, RunSettings.MostIntervals);

    /// <summary>How many intervals the run has.</summary>
    internal int Intervals => (int)((Scenario.Run.DurationNs + IntervalNs - 1) / IntervalNs);

    /// <summary>What decides the order of the rules that this sync of a node writes.</summary>
    internal ulong OrderOf(int node, int replication, int sync) => Snapshots.OrderOf(Scenario, Cluster.Nodes[node], replication, sync);

    internal PreparedScenario With(PreparedWorkload workload) => this with { Workloads = Workloads.Add(workload) };

    /// <summary>Cluster DNS as a scenario's clients know it.</summary>
    internal static DnsTable DnsOf(Cluster cluster, Scenario scenario) => DnsTable.Compile(
        cluster, DnsTable.DefaultDomain, scenario.Objects.Namespaces.Select(item => item.Name), scenario.Network.ExternalHosts);

    // The Service that kubelets write into resolv.conf (kubeadm: kube-system/kube-dns).
    private static Destination? AddressOf(Service? dns)
    {
        ServicePort? port = dns?.Ports.FirstOrDefault(item => item.Protocol == Protocol.UDP);
        return dns is null || port is null || dns.ClusterIPs.IsEmpty ? null : new Destination(dns.ClusterIPs[0], port.Port, Protocol.UDP);
    }
}
