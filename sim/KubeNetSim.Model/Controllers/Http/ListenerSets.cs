using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// Which ListenerSets a Gateway takes, and in which order (gateway-api GEP-1713): the Gateway's own listeners come first, then those of the
/// oldest set, and of equals the first by namespace and name. By default a Gateway takes none.
/// </summary>
internal static class ListenerSets
{
    /// <summary>The Gateways with the listeners of the sets that they take.</summary>
    public static HttpObjects Attach(HttpObjects objects, ImmutableArray<ObjectMeta> namespaces)
    {
        if (objects.ListenerSets.IsEmpty)
            return objects;
        NamespaceLabels labels = new(namespaces);
        ListenerSet[] sets = [.. GatewayController.OldestFirst(objects.ListenerSets, set => set.Meta)];
        return objects with
        {
            Gateways = [.. objects.Gateways.Select(gateway => gateway with
            {
                AddedListeners =
                [
                    .. sets.Where(set => IsParent(gateway, set) && Allows(gateway, set, labels))
                        .SelectMany(set => set.Listeners.Select(listener => listener with { Set = set.Meta })),
                ],
            })],
        };
    }

    /// <summary>The statuses of all sets, in their order.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="gateways">The statuses of its Gateways.</param>
    public static ImmutableArray<ListenerSetStatus> StatusesOf(Cluster cluster, ImmutableArray<GatewayStatus> gateways)
    {
        NamespaceLabels labels = new(cluster.Namespaces);
        return [.. cluster.Http.ListenerSets.Select(set =>
        {
            GatewayStatus? gateway = gateways.FirstOrDefault(status => IsParent(status.Gateway, set));
            ImmutableArray<ListenerStatus> listeners = gateway is null ? [] : [.. gateway.Listeners.Where(status => status.Listener.Set == set.Meta)];
            Condition accepted = AcceptedOf(set, gateway, listeners, labels);
            return new ListenerSetStatus(set,
                [accepted, accepted.IsTrue ? new Condition("Programmed", true, "Programmed") : new Condition("Programmed", false, accepted.Reason, accepted.Message)],
                listeners);
        })];
    }

    private static Condition AcceptedOf(
        ListenerSet set, GatewayStatus? gateway, ImmutableArray<ListenerStatus> listeners, NamespaceLabels labels)
    {
        if (gateway is null)
            return new Condition("Accepted", false, "ParentNotAccepted", $"There is no {set.Parent}");
        if (!Allows(gateway.Gateway, set, labels))
            return new Condition("Accepted", false, "NotAllowed",
                $"{set.Parent} takes no ListenerSets of namespace {set.Meta.Namespace} (allowedListeners.namespaces.from: {gateway.Gateway.ListenersFrom})");
        if (!gateway.Conditions[0].IsTrue)
            return new Condition("Accepted", false, "ParentNotAccepted", gateway.Conditions[0].Message);
        return listeners.Any(status => status.Conditions[0].IsTrue) ? new Condition("Accepted", true, "Accepted")
            : new Condition("Accepted", false, "ListenersNotValid", "None of its listeners is valid");
    }

    private static bool IsParent(Gateway gateway, ListenerSet set) =>
        set.Parent is { Group: Route.Group, Kind: "Gateway" }
        && set.Parent.Name == gateway.Meta.Name && set.Parent.Namespace == gateway.Meta.Namespace;

    private static bool Allows(Gateway gateway, ListenerSet set, NamespaceLabels labels) =>
        labels.Allow(gateway.ListenersFrom, gateway.ListenersSelector, set.Meta.Namespace, gateway.Meta.Namespace);
}

/// <summary>The labels of namespaces, and which of them a Gateway or a listener admits.</summary>
internal sealed class NamespaceLabels
{
    // An API server writes it on every namespace.
    private const string NameLabel = "kubernetes.io/metadata.name";

    private readonly Dictionary<string, ImmutableSortedDictionary<string, string>> _labels = new(StringComparer.Ordinal);

    public NamespaceLabels(ImmutableArray<ObjectMeta> namespaces)
    {
        foreach (ObjectMeta space in namespaces)
            _labels[space.Name] = space.Labels;
    }

    /// <summary>Whether objects of a namespace are admitted by one that is in another.</summary>
    public bool Allow(RouteNamespaces from, LabelSelector? selector, string space, string own) => from switch
    {
        RouteNamespaces.All => true,
        RouteNamespaces.Same => space == own,
        RouteNamespaces.Selector => selector is not null && selector.Matches(LabelsOf(space)),
        _ => false,
    };

    private ImmutableSortedDictionary<string, string> LabelsOf(string space) =>
        _labels.GetValueOrDefault(space, ObjectMeta.NoLabels).SetItem(NameLabel, space);
}
