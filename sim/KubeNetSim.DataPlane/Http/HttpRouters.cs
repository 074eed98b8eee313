using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>All routers of a cluster: one a Gateway, and one for the Ingresses of each class. Immutable.</summary>
public sealed class HttpRouters
{
    private readonly Dictionary<string, HttpRouter> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HttpRouter> _ingresses = new(StringComparer.Ordinal);

    private HttpRouters()
    {
    }

    /// <summary>Compiles the routers.</summary>
    public static HttpRouters Compile(Cluster cluster)
    {
        HttpRouters routers = new();
        HttpBackends backends = new(cluster);
        foreach (GatewayStatus status in GatewayController.StatesOf(cluster).Gateways)
            routers._gateways.TryAdd(status.Gateway.Meta.FullName, GatewayRouter.Compile(status, backends, ServicePorts.Of(status.Gateway, cluster)));
        foreach (IGrouping<string?, Ingress> group in cluster.Http.Ingresses.GroupBy(ingress => IngressClasses.ClassOf(ingress, cluster.Http)))
        {
            if (group.Key is not { } name)
                continue;
            HttpRouter router = IngressRouter.Compile(name.Length > 0 ? $"Ingress class {name}" : "Ingress controller", group, backends,
                NginxOptions.Serves(name, cluster.Http));
            foreach (Ingress ingress in group)
                routers._ingresses.TryAdd(ingress.Meta.FullName, router);
        }
        return routers;
    }

    /// <summary>The router of a Gateway, <c>namespace/name</c>; null where there is none.</summary>
    public HttpRouter? OfGateway(string fullName) => _gateways.GetValueOrDefault(fullName);

    /// <summary>The router of an Ingress, <c>namespace/name</c>; null where there is none or no controller serves it.</summary>
    public HttpRouter? OfIngress(string fullName) => _ingresses.GetValueOrDefault(fullName);
}
