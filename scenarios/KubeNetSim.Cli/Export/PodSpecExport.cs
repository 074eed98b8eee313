using System.Globalization;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>What a pod asks for, as the official API type.</summary>
internal static class PodSpecExport
{
    private const string ContainerName = "app";

    /// <summary>The spec, without a node.</summary>
    public static V1PodSpec Of(PodSpec spec) => new()
    {
        Containers = [Container(spec)],
        Hostname = spec.Hostname,
        Subdomain = spec.Subdomain,
        HostNetwork = spec.HostNetwork ? true : null,
        DnsPolicy = spec.Dns.Policy == DnsPolicy.ClusterFirst ? null : spec.Dns.Policy.ToString(),
        DnsConfig = (spec.Dns with { Policy = DnsPolicy.ClusterFirst }).IsUnset ? null : Of(spec.Dns),
        NodeSelector = ObjectMetaExport.OrNull(spec.NodeSelector),
        Tolerations = ObjectMetaExport.OrNull<V1Toleration>([.. spec.Tolerations.Select(Of)]),
        TopologySpreadConstraints = ObjectMetaExport.OrNull<V1TopologySpreadConstraint>([.. spec.TopologySpread.Select(Of)]),
        Affinity = spec.NodeAffinityTerms.Length + spec.AntiAffinity.Length > 0 ? Affinity(spec) : null,
    };

    private static V1PodDNSConfig Of(PodDns dns) => new()
    {
        Nameservers = ObjectMetaExport.OrNull<string>([.. dns.Nameservers.Select(server => server.ToString())]),
        Searches = ObjectMetaExport.OrNull<string>([.. dns.Searches]),
        Options = ObjectMetaExport.OrNull<V1PodDNSConfigOption>([.. OptionsOf(dns)]),
    };

    private static IEnumerable<V1PodDNSConfigOption> OptionsOf(PodDns dns)
    {
        static V1PodDNSConfigOption Number(string name, int value) => new() { Name = name, Value = value.ToString(CultureInfo.InvariantCulture) };

        if (dns.Ndots is { } ndots)
            yield return Number("ndots", ndots);
        if (dns.Options.TimeoutSeconds != ResolverOptions.Default.TimeoutSeconds)
            yield return Number("timeout", dns.Options.TimeoutSeconds);
        if (dns.Options.Attempts != ResolverOptions.Default.Attempts)
            yield return Number("attempts", dns.Options.Attempts);
        (string Name, bool IsSet)[] flags =
        [
            ("rotate", dns.Options.Rotates), ("single-request", dns.Options.IsSingleRequest), ("single-request-reopen", dns.Options.ReopensSocket),
            ("use-vc", dns.Options.UsesTcp), ("edns0", dns.Options.UsesEdns),
        ];
        foreach ((string name, bool _) in flags.Where(flag => flag.IsSet))
            yield return new V1PodDNSConfigOption { Name = name };
    }

    private static V1Container Container(PodSpec spec)
    {
        SortedDictionary<string, ResourceQuantity> requests = new(StringComparer.Ordinal);
        if (spec.RequestedMilliCpu > 0)
            requests["cpu"] = PodExport.MilliCpu(spec.RequestedMilliCpu);
        if (spec.RequestedMemoryBytes > 0)
            requests["memory"] = PodExport.Bytes(spec.RequestedMemoryBytes);
        return new V1Container
        {
            Name = ContainerName,
            Ports = ObjectMetaExport.OrNull<V1ContainerPort>([.. spec.Ports.Select(port => new V1ContainerPort
            {
                Name = ObjectMetaExport.OrNull(port.Name),
                ContainerPort = port.Port,
                Protocol = port.Protocol.ToString(),
            })]),
            Resources = requests.Count > 0 ? new V1ResourceRequirements { Requests = requests } : null,
        };
    }

    private static V1Toleration Of(Toleration toleration) => new()
    {
        Key = ObjectMetaExport.OrNull(toleration.Key),
        OperatorProperty = toleration.Exists ? "Exists" : "Equal",
        Value = ObjectMetaExport.OrNull(toleration.Value),
        Effect = ObjectMetaExport.OrNull(toleration.Effect),
    };

    private static V1TopologySpreadConstraint Of(TopologySpreadConstraint constraint) => new()
    {
        MaxSkew = constraint.MaxSkew,
        TopologyKey = constraint.TopologyKey,
        WhenUnsatisfiable = constraint.DoNotSchedule ? "DoNotSchedule" : "ScheduleAnyway",
        LabelSelector = ObjectMetaExport.Of(constraint.Selector),
    };

    private static V1Affinity Affinity(PodSpec spec) => new()
    {
        NodeAffinity = spec.NodeAffinityTerms.Length == 0 ? null : new V1NodeAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new V1NodeSelector
            {
                NodeSelectorTerms = [.. spec.NodeAffinityTerms.Select(Term)],
            },
        },
        PodAntiAffinity = spec.AntiAffinity.Length == 0 ? null : new V1PodAntiAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution =
                ObjectMetaExport.OrNull<V1PodAffinityTerm>([.. spec.AntiAffinity.Where(term => term.Required).Select(Of)]),
            PreferredDuringSchedulingIgnoredDuringExecution =
                ObjectMetaExport.OrNull<V1WeightedPodAffinityTerm>([.. spec.AntiAffinity.Where(term => !term.Required)
                    .Select(term => new V1WeightedPodAffinityTerm { Weight = 100, PodAffinityTerm = Of(term) })]),
        },
    };

    private static V1NodeSelectorTerm Term(LabelSelector selector) => new()
    {
        MatchExpressions = [.. selector.Requirements.Select(requirement => new V1NodeSelectorRequirement
        {
            Key = requirement.Key,
            OperatorProperty = requirement.Operator.ToString(),
            Values = ObjectMetaExport.OrNull<string>([.. requirement.Values]),
        })],
    };

    private static V1PodAffinityTerm Of(PodAntiAffinityTerm term) =>
        new() { TopologyKey = term.TopologyKey, LabelSelector = ObjectMetaExport.Of(term.Selector) };
}
