namespace KubeNetSim.DataPlane;

/// <summary>
/// What kube-proxy would program on a node, in the format of the mode's own tool: iptables-save, <c>nft list table</c> or
/// ipvsadm-save. Can be loaded into a real kernel as it stands: where a node has both families, the rules of iptables are marked with -4
/// and -6, which iptables-restore and ip6tables-restore read.
/// </summary>
public static class RuleListing
{
    /// <summary>The lines of a node, both families where it has addresses or Services of both.</summary>
    /// <param name="snapshot">The node.</param>
    /// <param name="service"><c>namespace/name</c> of the only Service whose rules are wanted; null for everything.</param>
    public static IEnumerable<string> Of(NodeSnapshot snapshot, string? service = null)
    {
        ServicePortEntry[] ports = [.. snapshot.Services.Ports.Where(port => service is null || port.Service.Meta.FullName == service)];
        if (snapshot.Mode == ProxyMode.Ipvs)
            return ports.SelectMany(port => IpvsRules.OfPort(snapshot, port));
        IEnumerable<IpFamily> own = service is null ? snapshot.Node.Addresses.Families : [];
        IpFamily[] families = [.. ports.Select(port => port.Family).Concat(own).DefaultIfEmpty().Distinct().Order()];
        return snapshot.Mode == ProxyMode.Nftables
            ? families.SelectMany(family => Nftables(new NftablesRules(snapshot, family), [.. ports.Where(port => port.Family == family)], family, isWhole: service is null))
            : Iptables(snapshot, families, ports, isWhole: service is null);
    }

    private static IEnumerable<string> Nftables(NftablesRules rules, ServicePortEntry[] ports, IpFamily family, bool isWhole)
    {
        IEnumerable<NftablesObject> objects = isWhole ? rules.All() : [.. rules.Sets(ports.Contains), .. NftablesRules.CommonTargets(), .. ports.SelectMany(rules.OfPort)];
        return [$"table {NftablesText.IpOf(family)} kube-proxy {{", .. objects.SelectMany(each => each.Print()), "}"];
    }

    // One text for the restore programs of both families, which pass over what is marked for the other.
    private static IEnumerable<string> Iptables(NodeSnapshot snapshot, IpFamily[] families, ServicePortEntry[] ports, bool isWhole)
    {
        (string Mark, IptablesRule Rule)[] all = [.. families.SelectMany(family => IptablesOf(new IptablesRules(snapshot, family), ports.Where(port => port.Family == family), isWhole)
            .Select(rule => (families.Length == 1 ? "" : family == IpFamily.IPv4 ? "-4 " : "-6 ", rule)))];
        string backend = snapshot.Node.Backend == IptablesBackend.Nft ? "nft" : "legacy";
        yield return "# " + string.Join(" and ", families.Select(family => $"{(family == IpFamily.IPv4 ? "iptables" : "ip6tables")}-{backend}-save"));
        foreach (string table in (string[])["nat", "filter"])
        {
            (string Mark, IptablesRule Rule)[] rules = [.. all.Where(each => each.Rule.Table == table)];
            yield return $"*{table}";
            foreach (string chain in rules.Select(each => each.Rule.Chain).Concat(IptablesRules.OwnChains(table)).Distinct())
                yield return chain.StartsWith("KUBE-", StringComparison.Ordinal) ? $":{chain} - [0:0]" : $":{chain} ACCEPT [0:0]";
            foreach ((string mark, IptablesRule rule) in rules)
                yield return $"-A {rule.Chain} {mark}{rule.Text}";
            yield return "COMMIT";
        }
    }

    private static IEnumerable<IptablesRule> IptablesOf(IptablesRules rules, IEnumerable<ServicePortEntry> ports, bool isWhole) =>
    [
        .. isWhole ? IptablesRules.Jumps() : [], .. isWhole ? rules.Fixed() : [],
        .. rules.Dispatch(isWhole ? null : ports.Contains), .. ports.SelectMany(rules.OfPort),
    ];
}
