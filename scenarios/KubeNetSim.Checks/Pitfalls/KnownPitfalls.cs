namespace KubeNetSim.Checks.Pitfalls;

/// <summary>The pitfalls that are looked for. A new one is a file beside this one, a line here and a section of docs/check.md.</summary>
internal static class KnownPitfalls
{
    public static IReadOnlyList<Func<Inspection, IEnumerable<Problem>>> All { get; } =
    [
        PendingLoadBalancers.Find,
        ExternalNames.Find,
        ServicesWithoutEndpoints.Find,
        LocalPolicies.Find,
        InternalLocalPolicies.Find,
        ClientAffinity.Find,
        RouterAffinity.Find,
        TopologyHints.Find,
        TargetPorts.Find,
        LongLivedConnections.Find,
        UnreadyEndpoints.Find,
        ManyEndpoints.Find,
        ProxyModes.Find,
        IgnoredFields.Find,
        DeprecatedFields.Find,
        StatefulSetServices.Find,
        GracePeriods.Find,
        SearchDomains.Find,
        ManyLoadBalancers.Find,
    ];
}
