using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// What the controller of a Gateway makes of Gateways and routes: which route attaches to which listener, for which hosts, and why others do
/// not (Gateway API v1, the comments of apis/v1 gateway_types.go and shared_types.go). A function: the same objects give the same states.
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
        ImmutableArray<RouteStatus>.Builder routes = ImmutableArray.CreateBuilder<RouteStatus>();
        foreach (Route route in cluster.Http.Routes)
        {
            ImmutableArray<Condition> own = checks.ConditionsOf(route);
            routes.Add(new RouteStatus(route, [.. route.ParentRefs
                .Where(parent => parent.Object is { Group: Route.Group, Kind: "Gateway" })
                .Select(parent => new RouteParentStatus(parent, Merge(attachment.Attach(route, parent, own[0]), own)))]));
        }
        return new GatewayStates(
            [.. gateways.Select((gateway, index) => StatusOf(gateway, attachment.Listeners(index), RouterObjects.ServiceOf(gateway, cluster)))], routes.ToImmutable());
    }

    /// <summary>The order of routes that are alike otherwise: the oldest first, then by namespace and name.</summary>
    public static IOrderedEnumerable<T> OldestFirst<T>(IEnumerable<T> items, Func<T, ObjectMeta> metaOf) => items
        .OrderBy(item => metaOf(item).CreatedAtSeconds ?? long.MaxValue)
        .ThenBy(item => metaOf(item).FullName, StringComparer.Ordinal);

    // What stands between a route and its parent comes before what is wrong with the route itself.
    private static ImmutableArray<Condition> Merge(Condition accepted, ImmutableArray<Condition> own) => [accepted, .. own.Skip(1)];

    private static GatewayStatus StatusOf(Gateway gateway, ImmutableArray<ListenerStatus> listeners, Service? service)
    {
        GatewayAddress? strange = gateway.Addresses.FirstOrDefault(address => address.Type is not ("IPAddress" or "Hostname"));
        ListenerStatus[] wrong = [.. listeners.Where(status => !status.Conditions[0].IsTrue)];
        string names = string.Join(", ", wrong.Select(status => status.Listener.Name));
        Condition accepted = strange is not null
            ? new Condition("Accepted", false, "UnsupportedAddress", $"Addresses of type {strange.Type} are not supported")
            : wrong.Length > 0
            ? new Condition("Accepted", wrong.Length < listeners.Length, "ListenersNotValid", $"Not valid: {names}")
            : new Condition("Accepted", true, "Accepted");
        Condition programmed = !accepted.IsTrue ? new Condition("Programmed", false, "Invalid", accepted.Message)
            : service is { Type: ServiceType.LoadBalancer, LoadBalancerIngress.IsEmpty: true }
            ? new Condition("Programmed", false, "AddressNotAssigned", $"Service {service.Meta.FullName} waits for a load balancer")
            : new Condition("Programmed", true, "Programmed");
        return new GatewayStatus(gateway, [accepted, programmed], listeners);
    }
}
