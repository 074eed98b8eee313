namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>The table that kube-proxy writes on a node in nftables mode for one family (pkg/proxy/nftables/proxier.go, KEP-3866).</summary>
internal sealed class NftablesRules(NodeSnapshot snapshot, IpFamily family)
{
    /// <summary>The rule that gives marked packets an address of the node.</summary>
    public const string Masquerade = "masquerade fully-random";

    private const string Mark = "0x4000";

    private readonly string _ip = NftablesText.IpOf(family);
    private readonly string _address = family == IpFamily.IPv4 ? "ipv4_addr" : "ipv6_addr";

    /// <summary>Every object of the table, the chains of the Services last.</summary>
    public IEnumerable<NftablesObject> All() => [.. Sets(), .. BaseChains(), .. SharedChains(), .. CommonTargets(), .. Ports().SelectMany(OfPort)];

    /// <summary>The chains that those of the Services lead to.</summary>
    public static IEnumerable<NftablesObject> CommonTargets() =>
    [
        NftablesObject.Chain("reject-chain", "reject"),
        NftablesObject.Chain("mark-for-masquerade", $"meta mark set meta mark or {Mark}"),
    ];

    /// <summary>The sets and maps that chains ask, with the elements of some ports.</summary>
    public IEnumerable<NftablesObject> Sets(Func<ServicePortEntry, bool>? only = null)
    {
        ServicePortEntry[] ports = [.. Ports().Where(port => only is null || only(port))];
        string keys = $"type {_address} . inet_proto . inet_service : verdict";
        const string PortKeys = "type inet_proto . inet_service : verdict";
        IEnumerable<string> Elements(Func<FrontendKind, bool> which, Func<NftablesText, FrontendKind, IpAddress, ServicePortEntry, string?> make) =>
            from port in ports
            let text = new NftablesText(snapshot.Node, port)
            from frontend in Frontend.KeysOf(port)
            where which(frontend.Kind)
            let element = make(text, frontend.Kind, frontend.Key.Address, port)
            where element is not null
            select element;
        bool IsNodePort(FrontendKind kind) => kind == FrontendKind.NodePort;
        bool IsBalancer(FrontendKind kind) => kind == FrontendKind.LoadBalancer;

        yield return new("set", "cluster-ips", $"type {_address}", [.. ports.Select(port => port.ClusterIP.ToString()).Distinct()]);
        if (!MatchesEveryAddress)
            yield return new("set", "nodeport-ips", $"type {_address}", [.. snapshot.Node.Addresses.WithNodePorts(family).Select(address => address.ToString())]);
        yield return new("map", "service-ips", keys, [.. Elements(kind => !IsNodePort(kind), Dispatch)]);
        yield return new("map", "service-nodeports", PortKeys, [.. Elements(IsNodePort, Dispatch)]);
        yield return new("map", "no-endpoint-services", keys, [.. Elements(kind => !IsNodePort(kind), Refusal)]);
        yield return new("map", "no-endpoint-nodeports", PortKeys, [.. Elements(IsNodePort, Refusal)]);
        yield return new("map", "firewall-ips", keys, [.. Elements(IsBalancer, (text, _, address, port) => port.SourceRanges.IsEmpty ? null : text.Guarded(address))]);
    }

    /// <summary>The chains of one port.</summary>
    public IEnumerable<NftablesObject> OfPort(ServicePortEntry port)
    {
        NftablesText text = new(snapshot.Node, port);
        if (!port.SourceRanges.IsEmpty)
            yield return NftablesObject.Chain(text.Firewall, text.FirewallDrop());
        if (!port.HasEndpoints)
            yield break;
        EndpointSet all = port.UsesClusterEndpoints ? port.Selection.Cluster(snapshot.Node.Index, snapshot.Node.Zone) : default;
        EndpointSet local = port.UsesLocalEndpoints ? port.Selection.Local(snapshot.Node.Index) : default;
        if (port.IsExternallyAccessible)
            yield return NftablesObject.Chain(text.External, External(text, port, local.Count > 0));
        if (all.Count > 0)
            yield return NftablesObject.Chain(text.Service, Choices(text, port, all, isInternal: !port.IsInternallyLocal));
        if (local.Count > 0)
            yield return NftablesObject.Chain(text.Local, Choices(text, port, local, isInternal: port.IsInternallyLocal));
        foreach (EndpointEntry endpoint in all.ToList().Union(local.ToList()))
            foreach (NftablesObject each in OfEndpoint(text, port, endpoint))
                yield return each;
    }

    /// <summary>The rule for a port that the Service of a cluster IP does not have.</summary>
    public static string RejectUndefinedPort(string ip) => $"{ip} daddr @cluster-ips reject comment \"Reject traffic to invalid ports of ClusterIPs\"";

    /// <summary>The rule for cluster IPs that nobody owns; null where the block is not known.</summary>
    public string? DropUnallocated()
    {
        string[] blocks = [.. snapshot.Services.ServiceCidrs.Where(block => block.Family == family).Select(block => block.ToString())];
        return blocks.Length == 0 ? null : $"{_ip} daddr {{ {string.Join(", ", blocks)} }} drop comment \"Drop traffic to unallocated ClusterIPs\"";
    }

    private bool MatchesEveryAddress => snapshot.Node.Addresses.MatchesEveryAddress(family);

    private string ToNode => !MatchesEveryAddress ? $"{_ip} daddr @nodeport-ips"
        : $"fib daddr type local {_ip} daddr != {(family == IpFamily.IPv4 ? "127.0.0.0/8" : "::1")}";

    private IEnumerable<ServicePortEntry> Ports() => snapshot.Services.Ports.Where(port => port.Family == family);

    private string? Dispatch(NftablesText text, FrontendKind kind, IpAddress address, ServicePortEntry port) =>
        !port.HasEndpoints || (kind == FrontendKind.ClusterIP && LacksLocal(kind, port)) ? null : text.Dispatch(kind, address);

    private string? Refusal(NftablesText text, FrontendKind kind, IpAddress address, ServicePortEntry port) =>
        port.HasEndpoints && !LacksLocal(kind, port) ? null : text.Refusal(kind, address);

    private bool LacksLocal(FrontendKind kind, ServicePortEntry port) =>
        (kind == FrontendKind.ClusterIP ? port.IsInternallyLocal : port.IsExternallyLocal)
        && port.Selection.Local(snapshot.Node.Index).Count == 0;

    private IEnumerable<string> External(NftablesText text, ServicePortEntry port, bool hasLocal)
    {
        if (!port.IsExternallyLocal)
            return [NftablesText.MasqueradeExternal, text.ExternalToAll()];
        return
        [
            .. snapshot.Node.LocalTraffic.CanTell(family) ? (string[])[text.ExternalFromPods()] : [],
            NftablesText.MasqueradeNode, text.ExternalFromNode(),
            .. hasLocal ? (string[])[text.ExternalToLocal()] : [],
        ];
    }

    private static IEnumerable<string> Choices(NftablesText text, ServicePortEntry port, EndpointSet endpoints, bool isInternal)
    {
        if (isInternal && text.MasqueradeInternal() is { } masquerade)
            yield return masquerade;
        for (int i = 0; i < endpoints.Count && port.AffinityTimeoutNs > 0; i++)
            yield return text.Returning(endpoints[i]);
        yield return text.Choice(endpoints);
    }

    private IEnumerable<NftablesObject> OfEndpoint(NftablesText text, ServicePortEntry port, EndpointEntry endpoint)
    {
        if (port.AffinityTimeoutNs == 0)
            return [NftablesObject.Chain(text.EndpointOf(endpoint), text.Hairpin(endpoint), text.Translation(endpoint))];
        return
        [
            new("set", text.AffinityOf(endpoint), $"type {_address}; flags dynamic,timeout; timeout {port.Service.AffinitySeconds}s", []),
            NftablesObject.Chain(text.EndpointOf(endpoint), text.Hairpin(endpoint), text.Remember(endpoint), text.Translation(endpoint)),
        ];
    }

    private static IEnumerable<NftablesObject> BaseChains() =>
    [
        Base("filter-prerouting-pre-dnat", "filter hook prerouting priority -110", "ct state new jump firewall-check"),
        Base("filter-output-pre-dnat", "filter hook output priority -110", "ct state new jump firewall-check"),
        Base("nat-prerouting", "nat hook prerouting priority -100", "jump services"),
        Base("nat-output", "nat hook output priority -100", "jump services"),
        Base("filter-input", "filter hook input priority 0", "ct state new jump nodeport-endpoints-check", "ct state new jump service-endpoints-check"),
        Base("filter-forward", "filter hook forward priority 0", "ct state new jump service-endpoints-check", "ct state new jump cluster-ips-check"),
        Base("filter-output", "filter hook output priority 0", "ct state new jump service-endpoints-check", "ct state new jump cluster-ips-check"),
        Base("nat-postrouting", "nat hook postrouting priority 100", "jump masquerading"),
    ];

    private IEnumerable<NftablesObject> SharedChains()
    {
        yield return NftablesObject.Chain("services", $"{_ip} daddr . {NftablesText.ToServices}", $"{ToNode} {NftablesText.ToNodePorts}");
        yield return NftablesObject.Chain("firewall-check", $"{_ip} daddr . meta l4proto . th dport vmap @firewall-ips");
        yield return NftablesObject.Chain("service-endpoints-check", $"{_ip} daddr . meta l4proto . th dport vmap @no-endpoint-services");
        yield return NftablesObject.Chain("nodeport-endpoints-check", $"{ToNode} meta l4proto . th dport vmap @no-endpoint-nodeports");
        yield return NftablesObject.Chain("cluster-ips-check", [RejectUndefinedPort(_ip), .. DropUnallocated() is { } drop ? (string[])[drop] : []]);
        yield return NftablesObject.Chain("masquerading", $"meta mark and {Mark} == 0 return", $"meta mark set meta mark xor {Mark}", Masquerade);
    }

    private static NftablesObject Base(string name, string hook, params string[] rules) => new("chain", name, $"type {hook}; policy accept;", [.. rules]);
}
