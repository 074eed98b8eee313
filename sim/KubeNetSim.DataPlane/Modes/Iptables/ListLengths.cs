namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>How long the lists that find a Service are on one node, for one family.</summary>
internal readonly record struct ListLengths(int NatServices, int NodePortJumps, int NatNodePorts, int Services, int External, int Firewall)
{
    public static ListLengths Of(RuleLists rules, LocalPolicyRules local, ProxyNode node, IpFamily family)
    {
        int dropped = local.DroppedInternally(family, node.Index);
        return new ListLengths(
            rules.LengthOf(RuleList.NatServices, family) - dropped,
            node.Addresses.NodePortJumps(family),
            rules.LengthOf(RuleList.NatNodePorts, family),
            rules.LengthOf(RuleList.FilterServices, family) + dropped,
            rules.LengthOf(RuleList.FilterExternal, family) + local.DroppedExternally(family, node.Index),
            rules.LengthOf(RuleList.FilterFirewall, family));
    }
}
