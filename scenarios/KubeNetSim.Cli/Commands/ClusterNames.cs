using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Cli.Commands;

/// <summary>
/// Finds what a command line names: <c>pod/NAME</c>, <c>pod/NAMESPACE/NAME</c>, <c>svc/NAME</c>, <c>node/NAME</c>, and where only one kind can be meant, <c>NAME</c> and
/// <c>NAMESPACE/NAME</c>. The beginning of a pod's name is enough: controllers end it at random. A name means the same in every command.
/// </summary>
internal static class ClusterNames
{
    private const int MostSuggestions = 5;

    private static readonly string[] PodWords = ["pod", "pods", "po"];
    private static readonly string[] NodeWords = ["node", "nodes", "no"];
    private static readonly string[] ServiceWords = ["service", "services", "svc"];

    /// <summary>Whether a text names a pod, found or not.</summary>
    public static bool IsPod(string text) => PodWords.Contains(text.Split('/')[0]);

    /// <summary>Whether a text names a node, found or not.</summary>
    public static bool IsNode(string text) => NodeWords.Contains(text.Split('/')[0]);

    /// <summary>Finds a pod that runs.</summary>
    /// <param name="cluster">Where to look.</param>
    /// <param name="text">What was written.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="why">Why there is none.</param>
    public static bool TryFindPod(Cluster cluster, string text, [NotNullWhen(true)] out Pod? pod, out string why) =>
        TryFind(cluster.Pods.Where(item => item.NodeName is not null), item => item.Meta, text, PodWords, "running pod", out pod, out why);

    /// <summary>Finds a node.</summary>
    /// <inheritdoc cref="TryFindPod"/>
    public static bool TryFindNode(Cluster cluster, string text, [NotNullWhen(true)] out Node? node, out string why) =>
        TryFind(cluster.Nodes, item => item.Meta, text, NodeWords, "node", out node, out why);

    /// <summary>Finds a Service.</summary>
    /// <inheritdoc cref="TryFindPod"/>
    public static bool TryFindService(Cluster cluster, string text, [NotNullWhen(true)] out Service? service, out string why) =>
        TryFind(cluster.Services, item => item.Meta, text, ServiceWords, "Service", out service, out why);

    private static bool TryFind<T>(IEnumerable<T> all, Func<T, ObjectMeta> metaOf, string text, string[] words, string what, [NotNullWhen(true)] out T? found, out string why)
        where T : class
    {
        string[] parts = text.Split('/');
        string[] name = words.Contains(parts[0]) && parts.Length > 1 ? parts[1..] : parts;
        T[] inScope = [.. all.Where(item => name.Length == 1 || metaOf(item).Namespace == name[0])];
        T[] named = [.. inScope.Where(item => metaOf(item).Name == name[^1])];
        if (named.Length == 0 && words == PodWords)
            named = [.. inScope.Where(item => metaOf(item).Name.StartsWith(name[^1] + "-", StringComparison.Ordinal))];
        string[] namespaces = [.. named.Select(item => metaOf(item).Namespace).Distinct().Order(StringComparer.Ordinal)];
        found = name.Length <= 2 && namespaces.Length == 1 ? named[0] : null;
        why = found is not null ? ""
            : namespaces.Length > 1 ? $"namespaces {string.Join(" and ", namespaces)} have a {what} '{name[^1]}'; write {words[0]}/NAMESPACE/NAME"
            : $"no {what} is named '{text}'{Some(all.Select(item => $"{words[0]}/{metaOf(item).FullName}"), $"{words[0]}/{name[^1]}")}";
        return found is not null;
    }

    private static string Some(IEnumerable<string> names, string meant)
    {
        string[] all = [.. names];
        if (all.Length == 0)
            return "";
        if (all.Length <= 1_000 && all.FirstOrDefault(name => name.EndsWith('/' + meant.Split('/')[^1], StringComparison.Ordinal)) is { } near)
            return $"; did you mean {near}?";
        return $"; there are {string.Join(", ", all.Take(MostSuggestions))}{(all.Length > MostSuggestions ? ", ..." : "")}";
    }
}
