using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// What the controller of a Gateway makes of Gateways and routes: which route attaches to which listener, for which hosts, and why others
/// do not (Gateway API v1, the comments of apis/v1 gateway_types.go and shared_types.go). A function: the same objects give the same
/// states.
/// </summary>
public static class GatewayController
{
    /// <summary>The controller's name in the status of objects; classes of any name are served.</summary>
    public const string ControllerName = "kubenetsim.io/gateway-controller";

    /// <summary>Derives the states.</summary>
    public static GatewayStates StatesOf(Cluster cluster)
    {
        BackendResolution references = new(cluster);
        ListenerController listeners = new(references);
        ImmutableArray<Gateway> gateways = cluster.Http.Gateways;
        ImmutableArray<ListenerStatus>[] statuses = [.. gateways.Select(listeners.StatusOf)];
        RouteAttachment attachment = new(cluster, statuses);
        RouteChecks checks = new(references);
        RouteStatus[] routes = new RouteStatus[cluster.Http.Routes.Length];
        // The oldest first, since of two that cannot both attach it is the older one that does.
        foreach (int index in OldestFirst(Enumerable.Range(0, routes.Length), index => cluster.Http.Routes[index].Meta))
        {
            Route route = cluster.Http.Routes[index];
            ImmutableArray<Condition> own = checks.ConditionsOf(route);
            routes[index] = new RouteStatus(route, [.. route.ParentRefs
                .Where(parent => parent.Object is { Group: Route.Group, Kind: "Gateway" or "ListenerSet" })
                .Select(parent => new RouteParentStatus(parent, Merge(attachment.Attach(route, parent, own[0]), own)))]);
        }
        ImmutableArray<GatewayStatus> states = [.. gateways.Select((gateway, index) =>
            StatusOf(gateway, attachment.Listeners(index), RouterObjects.ServiceOf(gateway, cluster), cluster.Cloud))];
        return new GatewayStates(states, ListenerSets.StatusesOf(cluster, states), [.. routes]);
    }

    /// <summary>The order of routes that are alike otherwise: the oldest first, then by namespace and name.</summary>
    public static IOrderedEnumerable<T> OldestFirst<T>(IEnumerable<T> items, Func<T, ObjectMeta> metaOf) => items
        .OrderBy(item => metaOf(item).CreatedAtSeconds ?? long.MaxValue)
        .ThenBy(item => metaOf(item).FullName, StringComparer.Ordinal);

    // What prevents a route from attaching to its parent is reported before what is wrong with the route itself.
    private static ImmutableArray<Condition> Merge(Condition accepted, ImmutableArray<Condition> own) => [accepted, .. own.Skip(1)];

    private static GatewayStatus StatusOf(Gateway gateway, ImmutableArray<ListenerStatus> listeners, Service? service, CloudProvider cloud)
    {
        ImmutableArray<ListenerStatus> own = [.. listeners.Where(status => status.Listener.Set is null)];
        Condition accepted = Accepted(gateway, own);
        string unresolved = NamesWhere(own,
            status => status.Conditions.Any(condition => condition is { Type: "ResolvedRefs", IsTrue: false }));
        Condition resolved = unresolved.Length == 0 ? new Condition("ResolvedRefs", true, "ResolvedRefs")
            : new Condition("ResolvedRefs", false, "ListenersNotResolved", $"Not resolved: {unresolved}");
        return new GatewayStatus(gateway, [accepted, Programmed(gateway, accepted, service, cloud), resolved], listeners);
    }

    private static Condition Accepted(Gateway gateway, ImmutableArray<ListenerStatus> listeners)
    {
        if (gateway.Addresses.FirstOrDefault(address => address.Type is not ("IPAddress" or "Hostname")) is { } strange)
            return new Condition("Accepted", false, "UnsupportedAddress", $"Addresses of type {strange.Type} are not supported");
        string wrong = NamesWhere(listeners, status => !status.Conditions[0].IsTrue);
        return wrong.Length == 0 ? new Condition("Accepted", true, "Accepted")
            : new Condition("Accepted", listeners.Any(status => status.Conditions[0].IsTrue), "ListenersNotValid", $"Not valid: {wrong}");
    }

    private static Condition Programmed(Gateway gateway, Condition accepted, Service? service, CloudProvider cloud)
    {
        if (!accepted.IsTrue)
            return new Condition("Programmed", false, "Invalid", accepted.Message);
        if (service is not { Type: ServiceType.LoadBalancer })
            return new Condition("Programmed", true, "Programmed");
        if (cloud != CloudProvider.None
            && gateway.Addresses.FirstOrDefault(address => address.Value.Length > 0 && !IsGiven(address, service)) is { } unusable)
            return new Condition("Programmed", false, "AddressNotUsable",
                $"The {unusable.Type} {unusable.Value} cannot be given to Service {service.Meta.FullName}");
        return service.LoadBalancerIngress.IsEmpty
            ? new Condition("Programmed", false, "AddressNotAssigned", $"Service {service.Meta.FullName} waits for a load balancer")
            : new Condition("Programmed", true, "Programmed");
    }

    private static bool IsGiven(GatewayAddress address, Service service) =>
        service.LoadBalancerIngress.Any(given => address.Type == "Hostname"
        ? address.Value.Equals(given.Hostname, StringComparison.OrdinalIgnoreCase)
        : IpAddress.TryParse(address.Value, out IpAddress ip) && given.Ip == ip);

    private static string NamesWhere(ImmutableArray<ListenerStatus> listeners, Func<ListenerStatus, bool> holds) =>
        string.Join(", ", listeners.Where(holds).Select(status => status.Listener.Name));
}
