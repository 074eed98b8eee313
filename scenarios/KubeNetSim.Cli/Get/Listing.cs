using System.Collections.Immutable;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Get;

/// <summary>Which objects of a kind <c>get</c> shows, in kubectl's order: by namespace, then by name.</summary>
internal sealed class Listing
{
    private readonly ListedKind _kind;
    private readonly bool _wide;
    private readonly ImmutableArray<ListedObject> _objects;

    /// <summary>Chooses the objects.</summary>
    /// <param name="kind">Kind to list.</param>
    /// <param name="cluster">Cluster that holds them.</param>
    /// <param name="options">Which of them, and how much of them.</param>
    public Listing(ListedKind kind, Cluster cluster, ListingOptions options)
    {
        ImmutableArray<ListedObject> inScope =
            [.. kind.Objects(cluster, options.Wide).Where(listed => options.IsInScope(listed.Meta))];
        _kind = kind;
        _wide = options.Wide;
        _objects = [.. inScope.Where(listed => options.WithBackground || !listed.IsBackground)
            .OrderBy(listed => listed.Meta.Namespace, StringComparer.Ordinal).ThenBy(listed => listed.Meta.Name, StringComparer.Ordinal)];
        HiddenCount = inScope.Length - _objects.Length;
    }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => _objects.IsEmpty;

    /// <summary>How many background objects were left out.</summary>
    public int HiddenCount { get; }

    /// <summary>Whether the objects lie in more than one namespace.</summary>
    public bool SpansNamespaces => _objects.Select(listed => listed.Meta.Namespace).Distinct().Skip(1).Any();

    /// <summary>The official API objects.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Export() => _objects.Select(listed => listed.Export());

    /// <summary>The table that kubectl prints.</summary>
    public TextTable Table(bool withNamespace)
    {
        TextTable table = new([.. Cells(["NAMESPACE"], "NAME", _kind.Headers, _kind.WideHeaders)]);
        foreach (ListedObject listed in _objects)
            table.Add([.. Cells([listed.Meta.Namespace], listed.Meta.Name, listed.Cells, listed.WideCells)]);
        return table;

        IEnumerable<string> Cells(string[] scope, string name, IEnumerable<string> cells, IEnumerable<string> wideCells) =>
            [.. withNamespace ? scope : [], .. _kind.ShowsName ? (string[])[name] : [], .. cells, .. _wide ? wideCells : []];
    }
}

/// <summary>What <c>get</c> shows of a kind.</summary>
/// <param name="Scope">Namespace to keep; null for all. Objects that have no namespace are always shown.</param>
/// <param name="Wide">Whether <c>-o wide</c> asks for more columns.</param>
/// <param name="WithBackground">Whether objects that only fill the rule tables are shown.</param>
/// <param name="Selector">Which labels they must have; null for any.</param>
internal sealed record ListingOptions(string? Scope = null, bool Wide = false, bool WithBackground = false, LabelSelector? Selector = null)
{
    /// <summary>Whether an object of this namespace and these labels is one to show.</summary>
    public bool IsInScope(ObjectMeta meta) => (Scope is null || meta.Namespace.Length == 0 || meta.Namespace == Scope) && Selector?.Matches(meta.Labels) != false;
}
