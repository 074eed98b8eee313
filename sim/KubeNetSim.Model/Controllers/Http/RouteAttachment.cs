using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>Attaches routes to listeners, and says why one does not attach.</summary>
internal sealed class RouteAttachment
{
    private readonly ImmutableArray<Gateway> _gateways;
    private readonly ImmutableArray<ListenerStatus>[] _listeners;
    private readonly List<AttachedRoute>[][] _attached;
    private readonly NamespaceLabels _labels;

    public RouteAttachment(Cluster cluster, ImmutableArray<ListenerStatus>[] listeners)
    {
        _gateways = cluster.Http.Gateways;
        _listeners = listeners;
        _attached = [.. listeners.Select(list => list.Select(_ => new List<AttachedRoute>()).ToArray())];
        _labels = new NamespaceLabels(cluster.Namespaces);
    }

    /// <summary>The listeners of a Gateway with what is attached by now.</summary>
    public ImmutableArray<ListenerStatus> Listeners(int gateway) =>
    [
        .. _listeners[gateway].Select((status, index) => status with
        {
            Routes = [.. _attached[gateway][index]],
        }),
    ];

    /// <summary>
    /// Attaches a route to the listeners of a parent that take it; the condition Accepted says what came of it. Older routes come first.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="parent">One of its parents.</param>
    /// <param name="own">Conditions of the route itself.</param>
    public Condition Attach(Route route, ParentReference parent, Condition own)
    {
        int gateway = Enumerable.Range(0, _gateways.Length).FirstOrDefault(index => IsOrHolds(index, parent.Object), -1);
        if (gateway < 0)
            return Refused("NoMatchingParent", $"There is no {parent.Object}{(parent.Object.Kind == "Gateway" ? "" : " that a Gateway takes")}");
        int[] named = [.. Enumerable.Range(0, _listeners[gateway].Length)
            .Where(index => IsNamed(_listeners[gateway][index].Listener, parent))];
        if (named.Length == 0)
            return Refused("NoMatchingParent", $"{parent.Object} has no listener {Wanted(parent)}");
        int[] allowed = [.. named.Where(index => Allows(_gateways[gateway], _listeners[gateway][index], route))];
        if (allowed.Length == 0)
            return Refused("NotAllowedByListeners",
                $"{parent.Object} does not allow {route.Kind}s of namespace {route.Meta.Namespace} at {Names(gateway, named)}");
        int[] common = [.. allowed.Where(index => Common(_listeners[gateway][index].Listener, route).Length > 0)];
        if (common.Length == 0)
            return Refused("NoMatchingListenerHostname", $"No hostname of the route is one of {Names(gateway, allowed)}");
        int[] free = [.. common.Where(index => RivalOf(gateway, index, route) is null)];
        if (free.Length == 0)
            return Refused("HostnameConflict",
                $"{RivalOf(gateway, common[0], route)} has hosts in common with it at {Names(gateway, common)}, and is older or first by "
                + "name");
        if (own.IsTrue)
            foreach (int index in free)
                Keep(_attached[gateway][index], new AttachedRoute(route, Common(_listeners[gateway][index].Listener, route)));
        return own;
    }

    // A host of a listener belongs to HTTPRoutes or to GRPCRoutes, not to both (GRPCRouteSpec.hostnames).
    private string? RivalOf(int gateway, int listener, Route route)
    {
        if (route.Kind is not (RouteKind.HTTPRoute or RouteKind.GRPCRoute))
            return null;
        ImmutableArray<string> hostnames = Common(_listeners[gateway][listener].Listener, route);
        Route? rival = _attached[gateway][listener]
            .FirstOrDefault(other => other.Route.Kind != route.Kind && other.Route.Kind is RouteKind.HTTPRoute or RouteKind.GRPCRoute
            && other.Hostnames.Any(one => hostnames.Any(another => Hostnames.Intersect(one, another) is not null)))?.Route;
        return rival is null ? null : $"{rival.Kind} {rival.Meta.FullName}";
    }

    // A route that names a listener twice is attached once.
    private static void Keep(List<AttachedRoute> attached, AttachedRoute route)
    {
        if (!attached.Any(other => ReferenceEquals(other.Route, route.Route)))
            attached.Add(route);
    }

    // A Gateway as parent means its own listeners, a ListenerSet those that it adds (GEP-1713).
    private bool IsOrHolds(int gateway, ObjectReference parent) => parent.Kind == "Gateway"
        ? IsNamed(_gateways[gateway].Meta, parent)
        : _gateways[gateway].AddedListeners.Any(listener => IsNamed(listener.Set!, parent));

    private static bool IsNamed(Listener listener, ParentReference parent) =>
        (parent.Object.Kind == "Gateway" ? listener.Set is null : listener.Set is { } set && IsNamed(set, parent.Object))
        && (parent.SectionName is null || parent.SectionName == listener.Name) && (parent.Port is null || parent.Port == listener.Port);

    private static bool IsNamed(ObjectMeta meta, ObjectReference parent) => meta.Name == parent.Name && meta.Namespace == parent.Namespace;

    private bool Allows(Gateway gateway, ListenerStatus status, Route route) =>
        status.SupportedKinds.Contains(route.Kind) && _labels.Allow(status.Listener.From, status.Listener.Selector, route.Meta.Namespace,
            status.Listener.Set?.Namespace ?? gateway.Meta.Namespace);

    private static ImmutableArray<string> Common(Listener listener, Route route) =>
        !route.HasHostnames ? [""]
        : route.Hostnames.IsEmpty ? [listener.Hostname]
        : [.. route.Hostnames.Select(hostname => Hostnames.Intersect(listener.Hostname, hostname)).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    private string Names(int gateway, int[] listeners) =>
        $"listener{(listeners.Length == 1 ? "" : "s")} "
        + $"{string.Join(", ", listeners.Select(index => _listeners[gateway][index].Listener.Name))}";

    private static string Wanted(ParentReference parent) =>
        parent switch
        {
            { SectionName: { } name, Port: { } port } => $"\"{name}\" at port {port}",
            { SectionName: { } name } => $"\"{name}\"",
            { Port: { } port } => $"at port {port}",
            _ => "at all",
        };

    private static Condition Refused(string reason, string message) => new("Accepted", false, reason, message);
}
