using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// What decides where a pod may go, for telling pods apart that the scheduler can treat alike. Lists are compared by identity: the pods
/// of one controller share those of its template.
/// </summary>
internal readonly record struct PodShape(
    string Namespace,
    string Owner,
    long MilliCpu,
    long MemoryBytes,
    bool HostNetwork,
    ImmutableArray<ContainerPort> Ports,
    ImmutableSortedDictionary<string, string> NodeSelector,
    ImmutableArray<LabelSelector> NodeAffinityTerms,
    ImmutableArray<Toleration> Tolerations)
{
    public static PodShape Of(Pod pod) => new(
        pod.Meta.Namespace, pod.OwnedBy ?? "", pod.Spec.RequestedMilliCpu, pod.Spec.RequestedMemoryBytes, pod.Spec.HostNetwork,
        pod.Spec.Ports, pod.Spec.NodeSelector, pod.Spec.NodeAffinityTerms, pod.Spec.Tolerations);
}
