using System.Collections.Immutable;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Get;

/// <summary>A kind that <c>get</c> lists: its names, the columns that <c>kubectl get</c> prints, and where its objects are.</summary>
/// <param name="Names">Plural name first, then the singular and the short names that kubectl knows.</param>
/// <param name="Headers">Columns after NAME.</param>
/// <param name="WideHeaders">Columns that <c>-o wide</c> adds.</param>
/// <param name="Objects">The cluster's objects of this kind; true asks for the cells of <c>-o wide</c>.</param>
internal sealed record ListedKind(
    ImmutableArray<string> Names,
    ImmutableArray<string> Headers,
    ImmutableArray<string> WideHeaders,
    Func<Cluster, bool, IEnumerable<ListedObject>> Objects)
{
    /// <summary>What kubectl prints where there is nothing.</summary>
    public const string None = "<none>";

    /// <summary>What kubectl prints where nobody knows.</summary>
    public const string Unknown = "<unknown>";

    /// <summary>Age of every object: a simulated cluster has just been made.</summary>
    public const string Age = "0s";

    /// <summary>Every kind that <c>get</c> lists.</summary>
    public static ImmutableArray<ListedKind> All { get; } =
        [ServiceListing.Kind, PodListing.Kind, NodeListing.Kind, EndpointSliceListing.Kind, EndpointsListing.Kind, EventListing.Kind, .. ControllerListing.Kinds,
            IngressListing.Kind, IngressListing.Classes, GatewayListing.Kind, GatewayListing.Sets, GatewayListing.Classes, .. RouteListing.Kinds];

    /// <summary>A kind by one of its names; null where there is none.</summary>
    public static ListedKind? Find(string name) => All.FirstOrDefault(kind => kind.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The plural names of all kinds.</summary>
    public static string AllNames => string.Join(", ", All.Select(kind => kind.Names[0]));

    /// <summary>Whether the table begins with the column NAME.</summary>
    public bool ShowsName { get; init; } = true;
}

/// <summary>One object as <c>get</c> shows it.</summary>
/// <param name="Meta">Name and namespace.</param>
/// <param name="Cells">One for each of the kind's headers.</param>
/// <param name="WideCells">One for each of the kind's wide headers.</param>
/// <param name="Export">Makes the official API object.</param>
/// <param name="IsBackground">Whether it only fills the rule tables.</param>
internal sealed record ListedObject(
    ObjectMeta Meta,
    ImmutableArray<string> Cells,
    ImmutableArray<string> WideCells,
    Func<IKubernetesObject<V1ObjectMeta>> Export,
    bool IsBackground = false);
