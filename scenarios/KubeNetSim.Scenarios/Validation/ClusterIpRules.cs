namespace KubeNetSim.Scenarios.Validation;

/// <summary>
/// How clusterIP, clusterIPs and ipFamilies go together (pkg/apis/core/validation ValidateServiceClusterIPsRelatedFields). A Service that
/// writes clusterIP only has one address in both fields (pkg/registry/core/service, normalizeClusterIPs).
/// </summary>
internal static class ClusterIpRules
{
    private const string None = "None";

    /// <summary>Checks the fields of a Service that is no ExternalName.</summary>
    public static void Check(Fields spec)
    {
        string single = spec.Text("clusterIP") ?? "";
        List<(ScalarNode Scalar, string Path)> all = [.. spec.Values("clusterIPs")];
        if (all.Count == 0 && single.Length > 0 && spec.Ask("clusterIP") is ScalarNode scalar)
            all.Add((scalar, spec.PathOf("clusterIP")));
        else if (all.Count > 0 && single.Length == 0)
            spec.Error("cluster-ips", "clusterIPs", "clusterIPs may be set only together with clusterIP, which repeats the first of them", $"clusterIP: {all[0].Scalar.Text}");
        else if (all.Count > 0 && single != all[0].Scalar.Text)
            spec.Error("cluster-ips", "clusterIPs", $"The first must be the same as clusterIP, which is {single}");
        CheckFamilies(spec);
        bool areAddresses = AreAddresses(spec, all);
        string field = spec.Has("clusterIPs") ? "clusterIPs" : "clusterIP";
        if (all.Count > 2)
            spec.Error("cluster-ips", field, $"A Service has at most two cluster IPs, and this one has {all.Count}");
        if (areAddresses)
            CheckAddresses(spec, field, all);
        AddressRules.CheckCanonical(spec, all);
    }

    /// <summary>Where a complaint about the first cluster IP belongs: to the list, if one is written.</summary>
    public static (SourcePosition Position, string Field) First(Fields spec) => spec.List("clusterIPs") is [var first, ..]
        ? (first.Position, $"{spec.PathOf("clusterIPs")}[0]")
        : (spec.PositionOf("clusterIP"), spec.PathOf("clusterIP"));

    private static bool AreAddresses(Fields spec, List<(ScalarNode Scalar, string Path)> all)
    {
        bool isFirst = true;
        bool areAll = true;
        foreach ((ScalarNode scalar, string path) in all)
        {
            if (isFirst && scalar.Text == None)
            {
                areAll = false;
                if (all.Count > 1)
                    spec.Error("cluster-ips", "clusterIPs", "A headless Service has None and no other cluster IP", "clusterIP: None");
            }
            else if (!IpAddress.TryParse(scalar.Text, out _))
            {
                areAll = false;
                spec.Problems.Add(new Problem(Severity.Error, "invalid-address", scalar.Position, path, $"\"{scalar.Text}\" is no IP address", "an address, None for a headless Service, or nothing"));
            }
            isFirst = false;
        }
        return areAll;
    }

    private static void CheckAddresses(Fields spec, string field, List<(ScalarNode Scalar, string Path)> all)
    {
        IpFamily[] families = [.. all.Select(item => IpAddress.Parse(item.Scalar.Text).Family)];
        if (families.Length > 1 && families.Distinct().Count() == 1)
            spec.Error("cluster-ips", field, "A Service has at most one cluster IP of each family");
        ManifestNode[] wanted = [.. spec.List("ipFamilies")];
        for (int index = 0; index < Math.Min(wanted.Length, families.Length); index++)
            if (wanted[index] is ScalarNode name && Words.Families.TryGetValue(name.Text, out IpFamily family) && family != families[index])
                spec.Problems.Add(new Problem(Severity.Error, "cluster-ips", all[index].Scalar.Position, all[index].Path,
                    $"{all[index].Scalar.Text} is not of the family {family}, which ipFamilies[{index}] says"));
    }

    private static void CheckFamilies(Fields spec)
    {
        HashSet<string> seen = [];
        foreach ((ScalarNode scalar, string path) in spec.Values("ipFamilies"))
            if (!seen.Add(scalar.Text))
                spec.Problems.Add(new Problem(Severity.Error, "ip-families", scalar.Position, path, $"The family {scalar.Text} stands twice"));
    }
}
