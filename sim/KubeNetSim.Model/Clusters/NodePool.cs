using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>Nodes of one kind that a Scenario asks for.</summary>
public sealed record NodePool
{
    /// <summary>How many nodes it has.</summary>
    public required int Count { get; init; }

    /// <summary>Zones to spread its nodes over, in turn; empty for those of the cluster.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>CPU of a node in thousandths of a core.</summary>
    public long MilliCpu { get; init; } = 4_000;

    /// <summary>Memory of a node in bytes.</summary>
    public long MemoryBytes { get; init; } = 16L << 30;

    /// <summary>Most pods on a node; the default is the kubelet's.</summary>
    public int Pods { get; init; } = 110;

    /// <summary>Labels of its nodes besides those that every kubelet sets; of equal keys these count.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ObjectMeta.NoLabels;

    /// <summary>Taints of its nodes.</summary>
    public ImmutableArray<Taint> Taints { get; init; } = [];
}
