using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>A Node: where pods run and where kube-proxy programs rules.</summary>
public sealed record Node
{
    /// <summary>The label that names a node's zone.</summary>
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>The label that names a node's region.</summary>
    public const string RegionLabel = "topology.kubernetes.io/region";

    /// <summary>The label that names the node itself.</summary>
    public const string HostnameLabel = "kubernetes.io/hostname";

    /// <summary>The taint of a node whose kubelet does not report.</summary>
    public const string UnreachableTaint = "node.kubernetes.io/unreachable";

    /// <summary>The label that names a node's operating system; every kubelet sets it.</summary>
    public const string OsLabel = "kubernetes.io/os";

    /// <summary>The label that names a node's processor architecture; every kubelet sets it.</summary>
    public const string ArchLabel = "kubernetes.io/arch";

    /// <summary>The label that names the kind of machine; cloud providers set it.</summary>
    public const string InstanceTypeLabel = "node.kubernetes.io/instance-type";

    /// <summary>A node with this label gets no traffic from cloud load balancers (any value but <c>false</c>).</summary>
    public const string ExcludeFromLoadBalancersLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// <summary>Taint of a node that the cluster autoscaler is about to remove.</summary>
    public const string AutoscalerTaint = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Name and labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>The node's own addresses, of both families, primary first. Empty until allocated.</summary>
    public ImmutableArray<IpAddress> InternalAddresses { get; init; } = [];

    /// <summary>Addresses of the node that the world can reach; they are the node's own too.</summary>
    public ImmutableArray<IpAddress> ExternalAddresses { get; init; } = [];

    /// <summary>Blocks that the node's pods get addresses from, at most one a family. Empty until allocated.</summary>
    public ImmutableArray<Cidr> PodCidrs { get; init; } = [];

    /// <summary>Taints; pods need a toleration for those with effect NoSchedule or NoExecute.</summary>
    public ImmutableArray<Taint> Taints { get; init; } = [];

    /// <summary>Allocatable CPU in thousandths of a core.</summary>
    public long AllocatableMilliCpu { get; init; } = 4_000;

    /// <summary>Allocatable memory in bytes.</summary>
    public long AllocatableMemoryBytes { get; init; } = 16L << 30;

    /// <summary>How many pods fit at most; the kubelet's default is 110.</summary>
    public int AllocatablePods { get; init; } = 110;

    /// <summary>Whether <c>spec.unschedulable</c> is set (a cordoned node).</summary>
    public bool Unschedulable { get; init; }

    /// <summary>Whether the Ready condition is true; a Node that says nothing is ready.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>
    /// Whether the machine gives signs of life. The node lifecycle controller sets the Ready condition to Unknown and adds the taint
    /// <see cref="UnreachableTaint"/> where the kubelet has not reported for the grace period (pkg/controller/nodelifecycle).
    /// </summary>
    public bool Reachable { get; init; } = true;

    /// <summary>Zone by label; empty where the node has none.</summary>
    public string Zone => Meta.Labels.GetValueOrDefault(ZoneLabel, "");

    /// <summary>Region by label; empty where the node has none.</summary>
    public string Region => Meta.Labels.GetValueOrDefault(RegionLabel, "");
}

/// <summary>A taint of a node.</summary>
/// <param name="Key">Key.</param>
/// <param name="Value">Value; empty where none.</param>
/// <param name="Effect">NoSchedule, PreferNoSchedule or NoExecute.</param>
public sealed record Taint(string Key, string Value, string Effect);

/// <summary>A toleration of a pod.</summary>
/// <param name="Key">Key; empty with operator Exists tolerates every taint.</param>
/// <param name="Exists">Operator Exists instead of Equal.</param>
/// <param name="Value">Value that must be equal.</param>
/// <param name="Effect">Effect tolerated; empty for all effects.</param>
public sealed record Toleration(string Key, bool Exists, string Value, string Effect)
{
    /// <summary>Whether it tolerates the taint (k8s.io/component-helpers scheduling/corev1).</summary>
    public bool Tolerates(Taint taint) =>
        (Effect.Length == 0 || Effect == taint.Effect)
        && (Key.Length == 0 ? Exists : Key == taint.Key)
        && (Exists || Value == taint.Value);
}
