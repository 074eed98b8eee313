namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Names outside of the cluster that a pod's resolver tries in all search domains first (ndots:5).</summary>
internal static class SearchDomains
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Workload workload in inspection.Scenario.Workloads)
        {
            if (workload.To is not WorkloadTarget.Url url || workload.Connections.Reuse != ConnectionReuse.None
                || inspection.ResolverOf(workload) is not { } resolver || IpAddress.TryParse(url.Host, out _))
                continue;
            DnsLookup lookup = inspection.Dns.LookUp(url.Host, DnsRecordType.A, resolver);
            bool isOutside = lookup.Answer is { ForwardedName: not null, Code: DnsResponseCode.NoError, Answers.IsEmpty: true };
            if (isOutside && lookup.Queries.Length > 1)
                yield return Finding.Warning("search-domains", workload.Origin, "to",
                    $"Workload '{workload.Name}' looks {url.Host} up with {lookup.Queries.Length} queries, and as many for IPv6: all but the last ask for names that do not exist, such as {lookup.Queries[0].Name}",
                    $"{url.Host}. with a dot at its end takes 1 query; or dnsConfig with the option ndots: 1 in the pods");
        }
    }
}
