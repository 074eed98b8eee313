namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>
/// The words of single rules and map elements for a port of a Service on one node (pkg/proxy/nftables/proxier.go). The listing and the
/// explanation of a decision both take them from here.
/// </summary>
internal sealed class NftablesText(ProxyNode node, ServicePortEntry port)
{
    public const string ToServices = "meta l4proto . th dport vmap @service-ips";
    public const string ToNodePorts = "meta l4proto . th dport vmap @service-nodeports";

    /// <summary>External traffic: everybody under policy Cluster; pods, then the node (this rule first), then the others under Local.</summary>
    public const string MasqueradeExternal = "jump mark-for-masquerade";
    public const string MasqueradeNode = "fib saddr type local jump mark-for-masquerade comment \"masquerade local traffic\"";

    private readonly string _ip = IpOf(port.Family);
    private readonly string _protocol = port.Port.Protocol.ToString().ToLowerInvariant();

    public string Service { get; } = NftablesNames.Of("service", port);

    public string Local { get; } = NftablesNames.Of("local", port);

    public string External { get; } = NftablesNames.Of("external", port);

    public string Firewall { get; } = NftablesNames.Of("firewall", port);

    public string Internal => port.IsInternallyLocal ? Local : Service;

    public static string IpOf(IpFamily family) => family == IpFamily.IPv4 ? "ip" : "ip6";

    public string KeyOf(FrontendKind kind, IpAddress address) => kind == FrontendKind.NodePort
        ? $"{_protocol} . {port.NodePort}"
        : $"{address} . {_protocol} . {port.Port.Port}";

    /// <summary>The element of service-ips or service-nodeports.</summary>
    public string Dispatch(FrontendKind kind, IpAddress address) =>
        $"{KeyOf(kind, address)} : goto {(kind == FrontendKind.ClusterIP ? Internal : External)}";

    /// <summary>The element of no-endpoint-services or no-endpoint-nodeports.</summary>
    public string Refusal(FrontendKind kind, IpAddress address) =>
        $"{KeyOf(kind, address)} comment \"{port.Name}\" : {(port.HasEndpoints ? "drop" : "goto reject-chain")}";

    /// <summary>The element of firewall-ips.</summary>
    public string Guarded(IpAddress balancer) => $"{KeyOf(FrontendKind.LoadBalancer, balancer)} : goto {Firewall}";

    public string FirewallDrop()
    {
        IEnumerable<string> allowed = port.SourceRanges.Select(range => range.ToString());
        if (node.Addresses.IsPrimaryIn(port.SourceRanges))
            allowed = allowed.Concat(port.LoadBalancerIPs.Select(address => address.ToString()));
        return $"{_ip} saddr != {{ {string.Join(", ", allowed)} }} drop";
    }

    /// <summary>
    /// The rule that masquerades traffic to the cluster IP; null where there is none. It looks at no port, because only traffic to this
    /// port gets to the chain.
    /// </summary>
    public string? MasqueradeInternal()
    {
        string start = $"{_ip} daddr {port.ClusterIP}";
        if (node.MasqueradeAll)
            return $"{start} jump mark-for-masquerade";
        return node.LocalTraffic.CanTell(port.Family)
            ? $"{start} {node.LocalTraffic.NftablesMatch(port.Family, negated: true)} jump mark-for-masquerade"
            : null;
    }

    public string ExternalToAll() => $"goto {Service}";

    public string ExternalFromPods() =>
        $"{node.LocalTraffic.NftablesMatch(port.Family, negated: false)} goto {Service} comment \"short-circuit pod traffic\"";

    public string ExternalFromNode() => $"fib saddr type local goto {Service} comment \"short-circuit local traffic\"";

    public string ExternalToLocal() => $"goto {Local}";

    public string Returning(in EndpointEntry endpoint) => $"{_ip} saddr @{AffinityOf(endpoint)} goto {EndpointOf(endpoint)}";

    public string Choice(EndpointSet endpoints)
    {
        IEnumerable<string> each = endpoints.ToList().Select((endpoint, i) => $"{i} : goto {EndpointOf(endpoint)}");
        return $"numgen random mod {endpoints.Count} vmap {{ {string.Join(", ", each)} }}";
    }

    public string EndpointOf(in EndpointEntry endpoint) => NftablesNames.Of("endpoint", port, endpoint);

    public string AffinityOf(in EndpointEntry endpoint) => NftablesNames.Of("affinity", port, endpoint);

    public string Hairpin(in EndpointEntry endpoint) => $"{_ip} saddr {endpoint.Address} jump mark-for-masquerade";

    public string Remember(in EndpointEntry endpoint) => $"update @{AffinityOf(endpoint)} {{ {_ip} saddr }}";

    public string Translation(in EndpointEntry endpoint) => $"meta l4proto {_protocol} dnat to {endpoint}";
}
