namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// The rules that kube-proxy writes on a node in iptables mode, chain by chain in the order in which they are compared
/// (pkg/proxy/iptables/proxier.go). The jumps from the kernel's own chains come first.
/// </summary>
internal sealed class IptablesRules(IptablesSnapshot snapshot, IpFamily family)
{
    private const string Mark = "0x4000";

    /// <summary>
    /// The jumps from the kernel's own chains, which kube-proxy puts in front of each other, so that its last comes first; a connection
    /// that is not new skips those that say so.
    /// </summary>
    public static IEnumerable<IptablesRule> Jumps() =>
    [
        Jump("filter", "INPUT", "KUBE-FIREWALL"),
        Jump("filter", "INPUT", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", isNew: true),
        Jump("filter", "INPUT", "KUBE-NODEPORTS", "kubernetes health check service ports"),
        Jump("filter", "INPUT", "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals", isNew: true),
        Jump("filter", "FORWARD", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", isNew: true),
        Jump("filter", "FORWARD", "KUBE-FORWARD", "kubernetes forwarding rules"),
        Jump("filter", "FORWARD", "KUBE-SERVICES", "kubernetes service portals", isNew: true),
        Jump("filter", "FORWARD", "KUBE-EXTERNAL-SERVICES", "kubernetes externally-visible service portals", isNew: true),
        Jump("filter", "OUTPUT", "KUBE-FIREWALL"),
        Jump("filter", "OUTPUT", "KUBE-PROXY-FIREWALL", "kubernetes load balancer firewall", isNew: true),
        Jump("filter", "OUTPUT", "KUBE-SERVICES", "kubernetes service portals", isNew: true),
        Jump("nat", "PREROUTING", "KUBE-SERVICES", "kubernetes service portals"),
        Jump("nat", "OUTPUT", "KUBE-SERVICES", "kubernetes service portals"),
        Jump("nat", "POSTROUTING", "KUBE-POSTROUTING", "kubernetes postrouting rules"),
    ];

    /// <summary>The chains that are there even when they are empty.</summary>
    public static IEnumerable<string> OwnChains(string table) => table == "nat"
        ? ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ"]
        : ["KUBE-SERVICES", "KUBE-EXTERNAL-SERVICES", "KUBE-FORWARD", "KUBE-NODEPORTS", "KUBE-PROXY-FIREWALL", "KUBE-FIREWALL"];

    /// <summary>The rule that gives marked packets an address of the node.</summary>
    public static IptablesRule Masquerade { get; } =
        new("nat", "KUBE-POSTROUTING", "-m comment --comment \"kubernetes service traffic requiring SNAT\" -j MASQUERADE --random-fully");

    /// <summary>The rules that are there whatever the Services, without those that end a list of Services.</summary>
    public IEnumerable<IptablesRule> Fixed()
    {
        yield return new("nat", "KUBE-POSTROUTING", $"-m mark ! --mark {Mark}/{Mark} -j RETURN");
        yield return new("nat", "KUBE-POSTROUTING", $"-j MARK --xor-mark {Mark}");
        yield return Masquerade;
        yield return new("nat", "KUBE-MARK-MASQ", $"-j MARK --or-mark {Mark}");
        yield return new("filter", "KUBE-FORWARD", "-m conntrack --ctstate INVALID -j DROP");
        yield return new("filter", "KUBE-FORWARD", $"-m comment --comment \"kubernetes forwarding rules\" -m mark --mark {Mark}/{Mark} -j ACCEPT");
        yield return new("filter", "KUBE-FORWARD", "-m comment --comment \"kubernetes forwarding conntrack rule\" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        if (family == IpFamily.IPv4 && snapshot.Node.Addresses.HasNodePortsOnLoopback)
            yield return new("filter", "KUBE-FIREWALL",
                "-m comment --comment \"block incoming localnet connections\" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP");
    }

    /// <summary>The lists that find a Service, in the order of this sync, the node ports' jump last.</summary>
    public IEnumerable<IptablesRule> Dispatch(Func<ServicePortEntry, bool>? only = null)
    {
        foreach (IptablesRule rule in InOrder(RuleList.NatServices, only))
            yield return rule;
        foreach (string match in snapshot.Node.Addresses.NodePortMatches(family))
            yield return NodePortJump(match);
        foreach (RuleList list in (RuleList[])[RuleList.NatNodePorts, RuleList.FilterServices, RuleList.FilterExternal])
            foreach (IptablesRule rule in InOrder(list, only))
                yield return rule;
    }

    /// <summary>The jump that ends KUBE-SERVICES.</summary>
    public static IptablesRule NodePortJump(string match) => new("nat", "KUBE-SERVICES",
        $"-m comment --comment \"kubernetes service nodeports; NOTE: this must be the last rule in this chain\" {match} -j KUBE-NODEPORTS");

    /// <summary>The rules of one port, those of the dispatch lists left out.</summary>
    public IEnumerable<IptablesRule> OfPort(ServicePortEntry port)
    {
        IptablesText text = new(snapshot, port);
        if (port.HealthCheckPort != 0)
            yield return text.HealthCheck();
        if (!port.HasEndpoints)
            yield break;
        PortChains chains = new(snapshot.Node, port, text);
        foreach (IptablesRule rule in chains.Firewall().Concat(chains.External()).Concat(chains.Choices()).Concat(chains.Endpoints()))
            yield return rule;
    }

    // Policy Local decides on each node whether an address stands in the nat list, a filter list, or both.
    private IEnumerable<IptablesRule> InOrder(RuleList list, Func<ServicePortEntry, bool>? only)
    {
        RuleLists rules = snapshot.Lists;
        int length = rules.LengthOf(list, family);
        List<(int Place, IptablesRule Rule)> placed = [];
        foreach ((Frontend frontend, FrontendKey key) in snapshot.Services.Frontends.All)
        {
            ServicePortEntry port = snapshot.Services.PortOf(frontend);
            if (port.Family != family || only?.Invoke(port) == false)
                continue;
            bool own = RuleLists.ListOf(frontend.Kind, port.HasEndpoints) == list;
            if (RuleOf(frontend.Kind, key.Address, port, list, own) is { } rule)
                placed.Add((own ? snapshot.Order.PlaceOf(rules.NumberOf(frontend.Index), length) : length + frontend.Index, rule));
        }
        return placed.OrderBy(pair => pair.Place).Select(pair => pair.Rule);
    }

    private IptablesRule? RuleOf(FrontendKind kind, IpAddress address, ServicePortEntry port, RuleList list, bool own)
    {
        IptablesText text = new(snapshot, port);
        bool isInternal = kind == FrontendKind.ClusterIP;
        bool isLocal = isInternal ? port.IsInternallyLocal : port.IsExternallyLocal;
        bool lacksLocal = port.HasEndpoints && isLocal && port.Selection.Local(snapshot.Node.Index).Count == 0;
        if (own)
            return !port.HasEndpoints ? text.Refusal(kind, address)
                : lacksLocal && isInternal ? null
                : text.Dispatch(kind, address);
        RuleList refusals = isInternal ? RuleList.FilterServices : RuleList.FilterExternal;
        return lacksLocal && list == refusals ? text.Refusal(kind, address) : null;
    }

    private static IptablesRule Jump(string table, string chain, string target, string? comment = null, bool isNew = false) => new(table, chain,
        $"{(isNew ? "-m conntrack --ctstate NEW " : "")}{(comment is null ? "" : $"-m comment --comment \"{comment}\" ")}-j {target}");
}
