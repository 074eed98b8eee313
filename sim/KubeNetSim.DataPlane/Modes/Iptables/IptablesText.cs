using System.Globalization;

namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// The words of single rules for a port of a Service on one node (pkg/proxy/iptables/proxier.go). The listing and the explanation of a
/// decision both take them from here, so that what is explained is what would be programmed.
/// </summary>
internal sealed class IptablesText(NodeSnapshot snapshot, ServicePortEntry port)
{
    // In a large cluster the rules of endpoints, the greater part of all, have no comments.
    private readonly bool _isTerse = snapshot.Services.IsLarge(port.Family);
    private readonly ProxyNode _node = snapshot.Node;
    private readonly string _protocol = port.Port.Protocol.ToString().ToLowerInvariant();

    public string Svc { get; } = IptablesNames.Of("SVC", port);

    public string Svl { get; } = IptablesNames.Of("SVL", port);

    public string Ext { get; } = IptablesNames.Of("EXT", port);

    public string Fw { get; } = IptablesNames.Of("FW", port);

    /// <summary>Where the rule of an address leads to.</summary>
    public string TargetOf(FrontendKind kind) => kind switch
    {
        FrontendKind.ClusterIP => port.IsInternallyLocal ? Svl : Svc,
        FrontendKind.LoadBalancer when !port.SourceRanges.IsEmpty => Fw,
        _ => Ext,
    };

    public IptablesRule Dispatch(FrontendKind kind, IpAddress address) => kind == FrontendKind.NodePort
        ? new("nat", "KUBE-NODEPORTS", $"{Comment(port.Name)} {Port(port.NodePort)} -j {Ext}")
        : new("nat", "KUBE-SERVICES", $"{Comment($"{port.Name} {WordOf(kind)}")} {To(address)} -j {TargetOf(kind)}");

    public IptablesRule Refusal(FrontendKind kind, IpAddress address)
    {
        string why = Comment($"{port.Name} has no {(port.HasEndpoints ? "local " : "")}endpoints");
        string target = port.HasEndpoints ? "DROP" : "REJECT";
        return kind switch
        {
            FrontendKind.ClusterIP => new("filter", "KUBE-SERVICES", $"{why} {To(address)} -j {target}"),
            FrontendKind.NodePort => new("filter", "KUBE-EXTERNAL-SERVICES", $"{why} -m addrtype --dst-type LOCAL {Port(port.NodePort)} -j {target}"),
            _ => new("filter", "KUBE-EXTERNAL-SERVICES", $"{why} {To(address)} -j {target}"),
        };
    }

    public IptablesRule FirewallDrop(IpAddress balancer) =>
        new("filter", "KUBE-PROXY-FIREWALL", $"{Comment($"{port.Name} traffic not accepted by {Fw}")} {To(balancer)} -j DROP");

    public IptablesRule HealthCheck() =>
        new("filter", "KUBE-NODEPORTS", $"{Comment($"{port.Name} health check node port")} -m tcp -p tcp --dport {port.HealthCheckPort} -j ACCEPT");

    public IptablesRule Allowed(string source) => new("nat", Fw, $"{Comment($"{port.Name} loadbalancer IP")} -s {source} -j {Ext}");

    public IptablesRule FirewallEnd() =>
        new("nat", Fw, Comment($"other traffic to {port.Name} will be dropped by KUBE-PROXY-FIREWALL"));

    /// <summary>External traffic, in the order of the rules: everybody under policy Cluster; pods, the node, the others under Local.</summary>
    public IptablesRule MasqueradeExternal() =>
        new("nat", Ext, $"{Comment($"masquerade traffic for {port.Name} external destinations")} -j KUBE-MARK-MASQ");

    public IptablesRule ExternalToAll() => new("nat", Ext, $"-j {Svc}");

    public IptablesRule ExternalFromPods() =>
        new("nat", Ext, $"{Comment($"pod traffic for {port.Name} external destinations")} {_node.LocalTraffic.IptablesMatch(port.Family, negated: false)} -j {Svc}");

    public IptablesRule MasqueradeNode() =>
        new("nat", Ext, $"{Comment($"masquerade LOCAL traffic for {port.Name} external destinations")} -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ");

    public IptablesRule ExternalFromNode() =>
        new("nat", Ext, $"{Comment($"route LOCAL traffic for {port.Name} external destinations")} -m addrtype --src-type LOCAL -j {Svc}");

    public IptablesRule ExternalToLocal() => new("nat", Ext, $"-j {Svl}");

    /// <summary>The rule that masquerades traffic to the cluster IP; null where there is none.</summary>
    public IptablesRule? MasqueradeInternal()
    {
        string start = $"{Comment($"{port.Name} cluster IP")} {To(port.ClusterIP)}";
        string chain = TargetOf(FrontendKind.ClusterIP);
        if (_node.MasqueradeAll)
            return new("nat", chain, $"{start} -j KUBE-MARK-MASQ");
        return _node.LocalTraffic.CanTell(port.Family)
            ? new("nat", chain, $"{start} {_node.LocalTraffic.IptablesMatch(port.Family, negated: true)} -j KUBE-MARK-MASQ")
            : null;
    }

    public IptablesRule Returning(string chain, in EndpointEntry endpoint)
    {
        string target = IptablesNames.Of(port, endpoint);
        return new("nat", chain,
            $"{EndpointComment($"{port.Name} -> {endpoint}")}-m recent --name {target} --rcheck --seconds {port.Service.AffinitySeconds} --reap -j {target}");
    }

    public IptablesRule Choice(string chain, in EndpointSet endpoints, int index)
    {
        string probability = index == endpoints.Count - 1 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"-m statistic --mode random --probability {1.0 / (endpoints.Count - index):F10} ");
        return new("nat", chain,
            $"{EndpointComment($"{port.Name} -> {endpoints[index]}")}{probability}-j {IptablesNames.Of(port, endpoints[index])}");
    }

    public IptablesRule Hairpin(in EndpointEntry endpoint) =>
        new("nat", IptablesNames.Of(port, endpoint), $"{EndpointComment(port.Name)}-s {endpoint.Address} -j KUBE-MARK-MASQ");

    public IptablesRule Translation(in EndpointEntry endpoint)
    {
        string chain = IptablesNames.Of(port, endpoint);
        string remember = port.AffinityTimeoutNs > 0 ? $"-m recent --name {chain} --set " : "";
        return new("nat", chain, $"{EndpointComment(port.Name)}{remember}-m {_protocol} -p {_protocol} -j DNAT --to-destination {endpoint}");
    }

    private static string WordOf(FrontendKind kind) => kind switch
    {
        FrontendKind.ClusterIP => "cluster IP",
        FrontendKind.ExternalIP => "external IP",
        _ => "loadbalancer IP",
    };

    private string To(IpAddress address) => $"-m {_protocol} -p {_protocol} -d {address} --dport {port.Port.Port}";

    private string Port(int number) => $"-m {_protocol} -p {_protocol} --dport {number}";

    private string EndpointComment(string text) => _isTerse ? "" : Comment(text) + " ";

    private static string Comment(string text) => $"-m comment --comment {(text.Contains(' ') ? $"\"{text}\"" : text)}";
}
