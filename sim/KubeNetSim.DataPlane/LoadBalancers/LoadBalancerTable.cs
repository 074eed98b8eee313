namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>
/// What stands in front of the nodes: cloud load balancers, and routes to external IPs. Immutable; compile it again when nodes or
/// endpoints change and the load balancers have had the time to notice (<see cref="LoadBalancer.HealthCheck"/>).
/// </summary>
public sealed class LoadBalancerTable
{
    private readonly Dictionary<FrontendKey, LoadBalancer> _byAddress = [];
    private readonly Dictionary<IpAddress, LoadBalancer> _byAddressAlone = [];
    private readonly Dictionary<(string Hostname, Protocol Protocol, int Port), LoadBalancer> _byHostname = [];

    private readonly List<LoadBalancer> _all = [];
    private readonly List<LoadBalancer> _toPods = [];

    private LoadBalancerTable()
    {
    }

    /// <summary>Makes the load balancers of a cluster's Services.</summary>
    public static LoadBalancerTable Compile(Cluster cluster, ServiceTable services)
    {
        LoadBalancerTable table = new();
        LoadBalancerTargets targets = new(cluster, services);
        foreach (Service service in cluster.Services)
            foreach (ServicePort port in service.Ports)
            {
                foreach (LoadBalancerIngress ingress in service.LoadBalancerIngress)
                    table.Add(targets.Make(service, port, ingress, LoadBalancerTraits.Of(cluster.Cloud, service, port, cluster.LoadBalancersSendToPods)));
                foreach (IpAddress address in service.ExternalIPs)
                    table.Add(targets.Make(service, port, new LoadBalancerIngress(address, null, false), LoadBalancerTraits.Routed));
            }
        return table;
    }

    /// <summary>
    /// Longest time until its load balancers notice that the endpoints of nodes have come or gone [ns]: those of Services with
    /// <c>externalTrafficPolicy: Local</c> ask each node, the others do not care which node has endpoints.
    /// </summary>
    public long DetectionNs { get; private set; }

    /// <summary>What takes packets for an address and port from outside the cluster; null where nothing does.</summary>
    public LoadBalancer? Find(IpAddress destination, Protocol protocol, int port) =>
        _byAddress.GetValueOrDefault(new FrontendKey(destination, protocol, port));

    /// <summary>A load balancer with this address, whatever its port; null where none has it.</summary>
    public LoadBalancer? FindAddress(IpAddress destination) => _byAddressAlone.GetValueOrDefault(destination);

    /// <summary>What takes packets for a host name and port from outside the cluster; null where nothing does.</summary>
    public LoadBalancer? Find(string hostname, Protocol protocol, int port) =>
        _byHostname.GetValueOrDefault((hostname, protocol, port));

    /// <summary>Those that send to pods, in the order of the Services.</summary>
    public IReadOnlyList<LoadBalancer> ToPods => _toPods;

    /// <summary>The same table with other pods behind some of its load balancers.</summary>
    public LoadBalancerTable With(Func<LoadBalancer, LoadBalancer> change)
    {
        if (_toPods.Count == 0)
            return this;
        LoadBalancerTable table = new();
        Dictionary<LoadBalancer, LoadBalancer> changed = _toPods.ToDictionary(balancer => balancer, change);
        foreach (LoadBalancer balancer in _all)
            table.Add(changed.GetValueOrDefault(balancer, balancer));
        return table;
    }

    private void Add(LoadBalancer balancer)
    {
        ServicePort port = balancer.Port;
        _all.Add(balancer);
        if (balancer.SendsToPods)
            _toPods.Add(balancer);
        else if (balancer.Service.ExternalTrafficPolicy == TrafficPolicy.Local)
            DetectionNs = Math.Max(DetectionNs, Math.Max(balancer.HealthCheck.DetectionNs, balancer.HealthCheck.RecoveryNs));
        if (balancer.Ingress.Ip is { } address)
        {
            _byAddress.TryAdd(new FrontendKey(address, port.Protocol, port.Port), balancer);
            _byAddressAlone.TryAdd(address, balancer);
        }
        if (balancer.Ingress.Hostname is { } hostname)
            _byHostname.TryAdd((hostname, port.Protocol, port.Port), balancer);
    }
}
