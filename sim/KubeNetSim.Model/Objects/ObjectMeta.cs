using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>What every Kubernetes object has: a name, a namespace, labels, and where it was written.</summary>
public sealed record ObjectMeta
{
    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name, unique for its kind in its namespace.</summary>
    public required string Name { get; init; }

    /// <summary>Labels by key, in key order.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = NoLabels;

    /// <summary>Annotations by key, in key order.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = NoLabels;

    /// <summary><c>creationTimestamp</c>: seconds since 1970; null where it is not set, which counts as the present.</summary>
    public long? CreatedAtSeconds { get; init; }

    /// <summary><c>generation</c>: how often its spec was written, from 1; the API server counts it.</summary>
    public long Generation { get; init; } = 1;

    /// <summary>Where it was written.</summary>
    public ObjectOrigin Origin { get; init; } = ObjectOrigin.Generated;

    /// <summary>An empty map with the ordering that all label maps use.</summary>
    public static ImmutableSortedDictionary<string, string> NoLabels { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>namespace/name</c>, or only the name for cluster-scoped kinds.</summary>
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
