using System.Collections.Immutable;

namespace KubeNetSim.Checks.Inspecting;

/// <summary>What becomes of connections to a Service, every way weighed by its likelihood: what a run converges to.</summary>
/// <param name="Lost">Share that nobody answers, 0 to 1.</param>
/// <param name="CrossZone">Share whose endpoint is in another zone than the node that it entered at.</param>
/// <param name="OtherNode">Share whose endpoint is on another node than that.</param>
/// <param name="Loads">Share of each endpoint that gets any or could, most loaded first.</param>
internal sealed record ServiceShares(double Lost, double CrossZone, double OtherNode, ImmutableArray<double> Loads)
{
    /// <summary>How often its even share the busiest endpoint gets; 1 where there is none.</summary>
    public double Busiest => Loads.IsEmpty || Loads.Sum() == 0 ? 1 : Loads[0] * Loads.Length / Loads.Sum();
}

/// <summary>Asks the router of every node where connections go: the same code that runs and traces ask.</summary>
internal sealed class ServiceNetwork
{
    /// <summary>A client outside: of the block for benchmarks (RFC 2544 appendix C.2.2), which no cluster uses.</summary>
    private static readonly IpAddress Outside = IpAddress.Parse("198.18.0.1");

    private readonly Scenario _scenario;
    private readonly Cluster _cluster;
    private readonly Lazy<ServiceTable> _services;
    private readonly Lazy<LoadBalancerTable> _balancers;
    private readonly Lazy<Dictionary<ServicePort, ServicePortEntry>> _entries;
    private readonly NodeSnapshot?[] _snapshots;

    public ServiceNetwork(Scenario scenario, Cluster cluster)
    {
        _scenario = scenario;
        _cluster = cluster;
        _services = new(() => ServiceTable.Compile(cluster));
        _balancers = new(() => LoadBalancerTable.Compile(cluster, _services.Value));
        _entries = new(EntriesByPort);
        _snapshots = new NodeSnapshot?[cluster.Nodes.Length];
    }

    /// <summary>All Services, compiled.</summary>
    public ServiceTable Services => _services.Value;

    /// <summary>The load balancer of a Service's port; null where it has none.</summary>
    public LoadBalancer? BalancerOf(Service service, ServicePort port) => service.LoadBalancerIngress
        .Select(ingress => ingress.Ip is { } address ? _balancers.Value.Find(address, port.Protocol, port.Port)
            : ingress.Hostname is { } name ? _balancers.Value.Find(name, port.Protocol, port.Port) : null)
        .FirstOrDefault(balancer => balancer is not null);

    /// <summary>A Service's port, compiled; null where the proxy has no part in it.</summary>
    public ServicePortEntry? EntryOf(ServicePort port) => _entries.Value.GetValueOrDefault(port);

    /// <summary>Connections from outside, by the load balancer where there is one, else by the port of any node alike.</summary>
    public ServiceShares FromOutside(Service service, ServicePort port)
    {
        Tally tally = new(this, port);
        if (BalancerOf(service, port) is { SendsToPods: true } direct)
        {
            for (int pod = 0; pod < direct.TargetCount; pod++)
                tally.Add(direct.ShareOf(pod), direct.TargetEndpoints[pod]);
        }
        else if (BalancerOf(service, port) is { } balancer)
        {
            foreach (int node in balancer.TargetNodes)
            {
                (IpAddress address, int at) = balancer.DestinationAt(node);
                tally.Add(node, balancer.ShareOf(node), new Packet(Outside, address, port.Protocol, at, 0, PacketSource.External));
            }
        }
        else
        {
            for (int node = 0; node < _cluster.Nodes.Length; node++)
                if (AddressOf(_cluster.Nodes[node], service) is { } address)
                    tally.Add(node, 1.0 / _cluster.Nodes.Length, new Packet(Outside, address, port.Protocol, port.NodePort, 0, PacketSource.External));
        }
        return tally.ToShares();
    }

    /// <summary>Connections of pods to the cluster IP.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="port">Its port.</param>
    /// <param name="clients">Nodes that the clients are on, each as often as it has clients.</param>
    public ServiceShares FromPods(Service service, ServicePort port, IReadOnlyCollection<int> clients)
    {
        Tally tally = new(this, port);
        foreach (IGrouping<int, int> node in clients.GroupBy(client => client))
            tally.Add(node.Key, (double)node.Count() / clients.Count, FromPodOf(_cluster.Nodes[node.Key], service.ClusterIPs[0], port.Protocol, port.Port));
        return tally.ToShares();
    }

    /// <summary>A packet of a pod of a node.</summary>
    public static Packet FromPodOf(Node node, IpAddress destination, Protocol protocol, int port) => new(
        node.PodCidrs.FirstOrDefault(block => block.Family == destination.Family).First.Plus(1), destination, protocol, port, 0, PacketSource.Pod);

    /// <summary>What a node has programmed.</summary>
    public NodeSnapshot SnapshotOf(int node) =>
        _snapshots[node] ??= ProxyModeList.BuiltIn.Program(Services, _cluster.Nodes[node], _cluster.KubeProxy, _scenario.IptablesBackend, _scenario.Run.Seed);

    // Ports are told apart by identity: two Services may have equal ones.
    private Dictionary<ServicePort, ServicePortEntry> EntriesByPort()
    {
        Dictionary<ServicePort, ServicePortEntry> entries = new(ReferenceEqualityComparer.Instance);
        foreach (ServicePortEntry entry in Services.Ports)
            entries.TryAdd(entry.Port, entry);
        return entries;
    }

    private static IpAddress? AddressOf(Node node, Service service)
    {
        foreach (IpAddress address in node.InternalAddresses)
            if (service.ClusterIPs.Any(own => own.Family == address.Family))
                return address;
        return null;
    }

    /// <summary>Adds up the ways.</summary>
    private sealed class Tally(ServiceNetwork network, ServicePort port)
    {
        private readonly SortedDictionary<string, double> _loads = new(StringComparer.Ordinal);
        private double _lost;
        private double _crossZone;
        private double _otherNode;

        public void Add(int node, double share, Packet packet)
        {
            Decision decision = network.SnapshotOf(node).Decide(packet);
            foreach (DecisionStep step in DecisionSteps.Of(decision, packet))
            {
                if (step.Endpoint < 0)
                    _lost += share * step.Share;
                else
                    Add(node, share * step.Share, decision.Endpoints[step.Endpoint]);
            }
        }

        /// <summary>A load balancer calls an endpoint itself.</summary>
        public void Add(double share, EndpointEntry endpoint) => Add(endpoint.NodeIndex, share, endpoint);

        // Endpoints that nobody sends to count, too.
        public ServiceShares ToShares()
        {
            if (network.EntryOf(port) is { } entry)
                for (int index = 0; index < entry.Endpoints.Count; index++)
                    _loads.TryAdd(entry.Endpoints[index].ToString(), 0);
            return new ServiceShares(_lost, _crossZone, _otherNode, [.. _loads.Values.OrderDescending()]);
        }

        private void Add(int node, double share, EndpointEntry endpoint)
        {
            _loads[endpoint.ToString()] = _loads.GetValueOrDefault(endpoint.ToString()) + share;
            if (endpoint.NodeIndex == node)
                return;
            _otherNode += share;
            if (endpoint.NodeIndex >= 0 && network._cluster.Nodes[endpoint.NodeIndex].Zone != network._cluster.Nodes[node].Zone)
                _crossZone += share;
        }
    }
}
