namespace KubeNetSim.Cli.Get;

/// <summary>Gateways and their classes with the columns of their custom resource definitions (gateway-api apis/v1, kubebuilder:printcolumn).</summary>
internal static class GatewayListing
{
    public static ListedKind Kind { get; } = new(
        ["gateways", "gateway", "gtw"],
        ["CLASS", "ADDRESS", "PROGRAMMED", "AGE"],
        [],
        (cluster, _) => GatewayController.StatesOf(cluster).Gateways.Select(status => new ListedObject(
            status.Gateway.Meta,
            [
                status.Gateway.ClassName,
                string.Join(",", (RouterObjects.ServiceOf(status.Gateway, cluster)?.LoadBalancerIngress ?? []).Select(item => item.Hostname ?? item.Ip?.ToString())),
                status.Conditions.Single(condition => condition.Type == "Programmed").IsTrue ? "True" : "False",
                ListedKind.Age,
            ],
            [],
            () => GatewayExport.Of(status, RouterObjects.ServiceOf(status.Gateway, cluster)))));

    public static ListedKind Sets { get; } = new(
        ["listenersets", "listenerset", "lset"],
        ["ACCEPTED", "PROGRAMMED", "AGE"],
        [],
        (cluster, _) => GatewayController.StatesOf(cluster).ListenerSets.Select(status => new ListedObject(
            status.Set.Meta,
            [.. status.Conditions.Select(condition => condition.IsTrue ? "True" : "False"), ListedKind.Age],
            [],
            () => GatewayExport.Of(status))));

    public static ListedKind Classes { get; } = new(
        ["gatewayclasses", "gatewayclass", "gc"],
        ["CONTROLLER", "ACCEPTED", "AGE"],
        [],
        (cluster, _) => cluster.Http.GatewayClasses.Select(item => new ListedObject(
            item.Meta, [item.ControllerName, "True", ListedKind.Age], [], () => GatewayExport.Of(item))));
}

/// <summary>Routes with the columns of their custom resource definitions.</summary>
internal static class RouteListing
{
    public static IEnumerable<ListedKind> Kinds => Enum.GetValues<RouteKind>().Select(Kind);

    private static ListedKind Kind(RouteKind kind)
    {
        bool hasHosts = kind is RouteKind.HTTPRoute or RouteKind.GRPCRoute;
        string name = kind.ToString().ToLowerInvariant();
        return new ListedKind(
            [$"{name}s", name],
            hasHosts ? ["HOSTNAMES", "AGE"] : ["AGE"],
            [],
            (cluster, _) => GatewayController.StatesOf(cluster).Routes.Where(status => status.Route.Kind == kind).Select(status => new ListedObject(
                status.Route.Meta,
                hasHosts ? [status.Route.Hostnames.IsEmpty ? "" : $"[{string.Join(",", status.Route.Hostnames.Select(host => $"\"{host}\""))}]", ListedKind.Age] : [ListedKind.Age],
                [],
                () => RouteExport.Of(status))));
    }
}
