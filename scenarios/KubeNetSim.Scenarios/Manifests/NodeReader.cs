using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads Nodes.</summary>
internal static class NodeReader
{
    /// <summary>What a taint may do.</summary>
    public static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static Node Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Node");
        Fields? spec = document.Mapping("spec");
        Fields? status = document.Mapping("status");
        Fields? allocatable = status?.Mapping("allocatable") ?? status?.Mapping("capacity");
        Node node = new()
        {
            Meta = meta,
            InternalAddresses = Addresses(status, "InternalIP"),
            ExternalAddresses = Addresses(status, "ExternalIP"),
            PodCidrs = PodCidrs(spec),
            Taints = [.. (spec?.Mappings("taints") ?? []).Select(Taint)],
            Unschedulable = spec?.Bool("unschedulable", false) ?? false,
            Ready = PodReader.Condition(status, "Ready"),
            Reachable = !IsUnknown(status) && !(spec?.Mappings("taints") ?? []).Any(taint => taint.Text("key") == Node.UnreachableTaint),
        };
        return node with
        {
            AllocatableMilliCpu = allocatable?.Quantity("cpu", 0, 1e6) is { } cpu ? (long)(cpu * 1_000) : node.AllocatableMilliCpu,
            AllocatableMemoryBytes = allocatable?.Quantity("memory", 0, 1e18) is { } memory ? (long)memory : node.AllocatableMemoryBytes,
            AllocatablePods = allocatable?.Quantity("pods", 0, 1e6) is { } pods ? (int)pods : node.AllocatablePods,
        };
    }

    private static bool IsUnknown(Fields? status) =>
        (status?.Mappings("conditions") ?? []).Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "Unknown");

    private static ImmutableArray<IpAddress> Addresses(Fields? status, string type) =>
    [
        .. (status?.Mappings("addresses") ?? []).Where(item => item.Text("type") == type)
            .Select(item => Words.Address(item, "address")).OfType<IpAddress>(),
    ];

    private static ImmutableArray<Cidr> PodCidrs(Fields? spec)
    {
        if (spec is null)
            return [];
        ImmutableArray<Cidr> all = Words.Cidrs(spec, "podCIDRs");
        if (all.Select(block => block.Family).Distinct().Count() != all.Length)
            spec.Error("invalid-cidr", "podCIDRs", "A Node has at most one block of each family");
        return all.IsEmpty ? Words.CidrsIn(spec, "podCIDR") : all;
    }

    /// <summary>Reads a taint.</summary>
    public static Taint Taint(Fields taint)
    {
        string effect = taint.Required("effect", string.Join(", ", Effects));
        if (effect.Length > 0)
            taint.Word("effect", Effects);
        return new Taint(taint.Required("key", "a key"), taint.Text("value") ?? "", effect);
    }
}
