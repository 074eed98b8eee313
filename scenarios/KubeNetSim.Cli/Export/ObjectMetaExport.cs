using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>Metadata and selectors as the official API types.</summary>
internal static class ObjectMetaExport
{
    /// <summary>Metadata.</summary>
    public static V1ObjectMeta Of(ObjectMeta meta) => new()
    {
        Name = meta.Name,
        NamespaceProperty = OrNull(meta.Namespace),
        Labels = OrNull(meta.Labels),
        Annotations = OrNull(meta.Annotations),
        Generation = meta.Generation > 1 ? meta.Generation : null,
    };

    /// <summary>A label selector, every requirement as an expression.</summary>
    public static V1LabelSelector Of(LabelSelector selector) => new()
    {
        MatchExpressions = [.. selector.Requirements.Select(requirement => new V1LabelSelectorRequirement
        {
            Key = requirement.Key,
            OperatorProperty = requirement.Operator.ToString(),
            Values = OrNull<string>([.. requirement.Values]),
        })],
    };

    /// <summary>A reference to a pod by <c>namespace/name</c>.</summary>
    public static V1ObjectReference PodReference(string fullName)
    {
        int slash = fullName.IndexOf('/', StringComparison.Ordinal);
        return new V1ObjectReference { Kind = "Pod", NamespaceProperty = fullName[..Math.Max(slash, 0)], Name = fullName[(slash + 1)..] };
    }

    /// <summary>Null for an empty text, which the API leaves out.</summary>
    public static string? OrNull(string text) => text.Length > 0 ? text : null;

    /// <summary>Null for an empty list, which the API leaves out.</summary>
    public static IList<T>? OrNull<T>(T[] items) => items.Length > 0 ? items : null;

    /// <summary>Null for an empty map, which the API leaves out.</summary>
    public static IDictionary<string, string>? OrNull(IReadOnlyDictionary<string, string> map) =>
        map.Count > 0 ? new SortedDictionary<string, string>(map.ToDictionary(), StringComparer.Ordinal) : null;
}
