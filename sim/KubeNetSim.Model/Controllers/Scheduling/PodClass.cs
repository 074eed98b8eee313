namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// The properties of a pod that decide which nodes it may be placed on, other pods aside. Pods of one class fit the same nodes and need the
/// same room, so that the scheduler keeps one queue of nodes for them, whatever their owners.
/// </summary>
internal readonly record struct PodClass(long MilliCpu, long MemoryBytes, string Selection, string Tolerations, string HostPorts)
{
    public static PodClass Of(PodSpec spec) => new(
        spec.RequestedMilliCpu,
        spec.RequestedMemoryBytes,
        SelectionOf(spec),
        spec.Tolerations.IsEmpty ? "" : string.Join(';', spec.Tolerations),
        spec.HostNetwork ? string.Join(';', spec.Ports.Select(port => $"{port.Protocol}/{port.Port}")) : "");

    /// <summary>Which nodes a pod selects, as text: equal for pods that select the same by the same words.</summary>
    public static string SelectionOf(PodSpec spec) => spec.NodeSelector.IsEmpty && spec.NodeAffinityTerms.IsEmpty ? ""
        : $"{string.Join(',', spec.NodeSelector.Select(label => $"{label.Key}={label.Value}"))};"
            + string.Join("||", spec.NodeAffinityTerms);
}
