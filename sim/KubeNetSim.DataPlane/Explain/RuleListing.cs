using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>
/// What kube-proxy would program on a node, in the format of the mode's own tool: iptables-save, <c>nft list table</c> or
/// ipvsadm-save. Can be loaded into a real kernel as it stands.
/// </summary>
public static class RuleListing
{
    /// <summary>The lines of a node, both families where it has Services of both.</summary>
    /// <param name="snapshot">The node.</param>
    /// <param name="service"><c>namespace/name</c> of the only Service whose rules are wanted; null for everything.</param>
    public static IEnumerable<string> Of(NodeSnapshot snapshot, string? service = null)
    {
        ServicePortEntry[] ports = [.. snapshot.Services.Ports.Where(port => service is null || port.Service.Meta.FullName == service)];
        if (snapshot.Mode == ProxyMode.Ipvs)
            return ports.SelectMany(port => IpvsRules.OfPort(snapshot, port));
        IEnumerable<IpFamily> families = ports.Select(port => port.Family).Append(IpFamily.IPv4).Distinct().Order();
        return families.SelectMany(family =>
        {
            ServicePortEntry[] ofFamily = [.. ports.Where(port => port.Family == family)];
            return snapshot.Mode == ProxyMode.Nftables
                ? Nftables(new NftablesRules(snapshot, family), ofFamily, family, isWhole: service is null)
                : Iptables(snapshot, ofFamily, family, isWhole: service is null);
        });
    }

    private static IEnumerable<string> Nftables(NftablesRules rules, ServicePortEntry[] ports, IpFamily family, bool isWhole)
    {
        IEnumerable<NftablesObject> objects = isWhole ? rules.All() : [.. rules.Sets(ports.Contains), .. ports.SelectMany(rules.OfPort)];
        return [$"table {NftablesText.IpOf(family)} kube-proxy {{", .. objects.SelectMany(each => each.Print()), "}"];
    }

    private static IEnumerable<string> Iptables(NodeSnapshot snapshot, ServicePortEntry[] ports, IpFamily family, bool isWhole)
    {
        IptablesRules rules = new(snapshot, family);
        IEnumerable<IptablesRule> shared = isWhole ? [.. IptablesRules.Jumps(), .. rules.Fixed()] : [];
        IptablesRule[] all = [.. shared, .. rules.Dispatch(isWhole ? null : ports.Contains), .. ports.SelectMany(rules.OfPort)];
        string backend = snapshot.Node.Backend == IptablesBackend.Nft ? "nft" : "legacy";
        yield return $"# {(family == IpFamily.IPv4 ? "iptables" : "ip6tables")}-{backend}-save";
        foreach (string table in (string[])["nat", "filter"])
        {
            IptablesRule[] rulesOfTable = [.. all.Where(rule => rule.Table == table)];
            yield return $"*{table}";
            foreach (string chain in rulesOfTable.Select(rule => rule.Chain).Concat(IptablesRules.OwnChains(table)).Distinct())
                yield return chain.StartsWith("KUBE-", StringComparison.Ordinal) ? $":{chain} - [0:0]" : $":{chain} ACCEPT [0:0]";
            foreach (IptablesRule rule in rulesOfTable)
                yield return rule.ToString();
            yield return "COMMIT";
        }
    }
}
