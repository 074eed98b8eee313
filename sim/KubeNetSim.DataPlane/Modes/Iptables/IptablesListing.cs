namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>The rules of a node as iptables-save prints them.</summary>
internal static class IptablesListing
{
    /// <summary>One text for the restore programs of both families: each skips the rules that are marked for the other.</summary>
    public static IEnumerable<string> Of(IptablesSnapshot snapshot, IpFamily[] families, ServicePortEntry[] ports, bool isWhole)
    {
        (string Mark, IptablesRule Rule)[] all =
        [
            .. from family in families
               let mark = families.Length == 1 ? "" : family == IpFamily.IPv4 ? "-4 " : "-6 "
               from rule in RulesOf(new IptablesRules(snapshot, family), ports.Where(port => port.Family == family), isWhole)
               select (mark, rule),
        ];
        string backend = snapshot.Node.Backend == IptablesBackend.Nft ? "nft" : "legacy";
        IEnumerable<string> tools = families.Select(family => $"{(family == IpFamily.IPv4 ? "iptables" : "ip6tables")}-{backend}-save");
        yield return "# " + string.Join(" and ", tools);
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

    private static IEnumerable<IptablesRule> RulesOf(IptablesRules rules, IEnumerable<ServicePortEntry> ports, bool isWhole) =>
    [
        .. isWhole ? IptablesRules.Jumps() : [], .. isWhole ? rules.Fixed() : [],
        .. rules.Dispatch(isWhole ? null : ports.Contains), .. ports.SelectMany(rules.OfPort),
    ];
}
