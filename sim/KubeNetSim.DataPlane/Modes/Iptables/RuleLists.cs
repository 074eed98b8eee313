namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>The lists that iptables walks to find a Service, one of each for a family.</summary>
internal enum RuleList
{
    /// <summary>nat KUBE-SERVICES: a rule for each address of a Service with endpoints.</summary>
    NatServices,

    /// <summary>nat KUBE-NODEPORTS: a rule for each node port of a Service with endpoints.</summary>
    NatNodePorts,

    /// <summary>filter KUBE-SERVICES: a rule for each cluster IP without endpoints.</summary>
    FilterServices,

    /// <summary>filter KUBE-EXTERNAL-SERVICES: a rule for each other address and node port without endpoints.</summary>
    FilterExternal,

    /// <summary>filter KUBE-PROXY-FIREWALL: a rule for each load balancer address with source ranges.</summary>
    FilterFirewall,
}

/// <summary>
/// The list of each frontend's rule, and its number in that list. Numbers are the same on all nodes; the order of the rules is drawn for each
/// node (<see cref="DispatchOrder"/>). <see cref="LocalPolicyRules"/> and <see cref="MovedRules"/> hold how a node differs.
/// </summary>
internal sealed class RuleLists
{
    private const int Families = 2;
    private readonly int[] _numbers;
    private readonly Dictionary<int, int> _firewallNumbers = [];
    private readonly int[] _lengths = new int[((int)RuleList.FilterFirewall + 1) * Families];

    public RuleLists(IReadOnlyList<(Frontend Frontend, FrontendKey Key)> frontends, IReadOnlyList<ServicePortEntry> ports)
    {
        _numbers = new int[frontends.Count];
        foreach ((Frontend frontend, _) in frontends)
        {
            ServicePortEntry port = ports[frontend.Port];
            _numbers[frontend.Index] = _lengths[Slot(ListOf(frontend.Kind, port.HasEndpoints), port.Family)]++;
            if (frontend.Kind == FrontendKind.LoadBalancer && port.HasEndpoints && !port.SourceRanges.IsEmpty)
                _firewallNumbers.Add(frontend.Index, _lengths[Slot(RuleList.FilterFirewall, port.Family)]++);
        }
    }

    /// <summary>The lists of a table. Tables that differ only in endpoints, and have them at the same ports, share one object.</summary>
    public static RuleLists Of(ServiceTable services) =>
        services.FrontendMemo.Get(() => new RuleLists(services.Frontends.All, services.Ports));

    /// <summary>The list of a frontend's rule.</summary>
    public static RuleList ListOf(FrontendKind kind, bool hasEndpoints) => (kind, hasEndpoints) switch
    {
        (FrontendKind.NodePort, true) => RuleList.NatNodePorts,
        (_, true) => RuleList.NatServices,
        (FrontendKind.ClusterIP, false) => RuleList.FilterServices,
        (_, false) => RuleList.FilterExternal,
    };

    /// <summary>The number of a frontend's rule within its list, from 0.</summary>
    public int NumberOf(int frontend) => _numbers[frontend];

    /// <summary>The place of the rule that guards a load balancer's address, from 0: this list has no order but that of the ports.</summary>
    public int FirewallNumberOf(int frontend) => _firewallNumbers[frontend];

    /// <summary>How many rules a list has.</summary>
    public int LengthOf(RuleList list, IpFamily family) => _lengths[Slot(list, family)];

    private static int Slot(RuleList list, IpFamily family) => ((int)list * Families) + (int)family;
}
