using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// Finds the Service of a Gateway whose implementation the files contain: one that is labeled with the Gateway, one that the Gateway names
/// as its address, or that of an implementation that all Gateways of its class share.
/// </summary>
internal static class KnownGateways
{
    private const string Domain = ".svc";

    // What spec.controllerName begins with, the usual name of the class, and images of the pods that take the requests: the names are those
    // of each project's own manifests and charts. The chart of an Istio gateway leaves the image to Istio and writes "auto".
    private static readonly ImmutableArray<(string Controller, string ClassName, ImmutableArray<string> Images)> All =
    [
        ("gateway.envoyproxy.io/", "eg", ["envoyproxy/envoy"]),
        ("istio.io/gateway-controller", "istio", ["istio/proxyv2", "auto"]),
        ("konghq.com/", "kong", ["kong", "kong/kong", "kong/kong-gateway"]),
        ("gateway.nginx.org/", "nginx", ["nginx-gateway-fabric/nginx", "nginx-gateway-fabric/nginx-plus", "nginx-gateway-fabric"]),
        ("projectcontour.io/", "contour", ["envoyproxy/envoy"]),
        ("traefik.io/", "traefik", ["traefik"]),
        ("haproxy.org/", "haproxy", ["haproxytech/kubernetes-ingress", "haproxytech/haproxy-unified-gateway"]),
        ("haproxy-ingress.github.io/", "haproxy", ["haproxy-ingress"]),
    ];

    // Labels of the Services that implementations make for one Gateway: its name, and its namespace where the Service is in another.
    private static readonly ImmutableArray<(string Name, string? Namespace)> OwnerLabels =
    [
        (RouterObjects.GatewayLabel, null),
        ("gateway.envoyproxy.io/owning-gateway-name", "gateway.envoyproxy.io/owning-gateway-namespace"),
        ("projectcontour.io/owning-gateway-name", null),
        ("istio.io/gateway-name", null),
    ];

    /// <summary>The Services of Gateways that the files contain, by the full name of the Gateway.</summary>
    public static ImmutableSortedDictionary<string, string> ServicesOf(ClusterObjects objects)
    {
        ImmutableSortedDictionary<string, string>.Builder found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (Gateway gateway in objects.Http.Gateways)
            if ((OwnServiceOf(gateway, objects) ?? NamedBy(gateway, objects) ?? SharedBy(gateway, objects)) is { } service)
                found[gateway.Meta.FullName] = service.Meta.FullName;
        return found.ToImmutable();
    }

    private static Service? OwnServiceOf(Gateway gateway, ClusterObjects objects) =>
        objects.Services.FirstOrDefault(service => OwnerLabels.Any(label =>
            service.Meta.Labels.GetValueOrDefault(label.Name) == gateway.Meta.Name
            && (label.Namespace is { } key ? service.Meta.Labels.GetValueOrDefault(key) : service.Meta.Namespace) == gateway.Meta.Namespace));

    // spec.addresses with the host name of a Service in the cluster: a gateway that was installed by hand, as Istio has it.
    private static Service? NamedBy(Gateway gateway, ClusterObjects objects)
    {
        foreach (GatewayAddress address in gateway.Addresses.Where(address => address.Type == "Hostname"))
        {
            string[] labels = address.Value.Split('.');
            string space = labels.Length > 1 ? labels[1] : gateway.Meta.Namespace;
            bool isInside = labels.Length < 3 || address.Value.Contains(Domain, StringComparison.Ordinal);
            if (isInside && objects.Services.FirstOrDefault(item => item.Meta.Name == labels[0] && item.Meta.Namespace == space) is { } service)
                return service;
        }
        return null;
    }

    private static Service? SharedBy(Gateway gateway, ClusterObjects objects)
    {
        string? controller = objects.Http.GatewayClasses.FirstOrDefault(item => item.Meta.Name == gateway.ClassName)?.ControllerName;
        string[] images =
        [
            .. All.Where(known => controller is null ? known.ClassName == gateway.ClassName
                : controller.StartsWith(known.Controller, StringComparison.Ordinal)).SelectMany(known => known.Images),
        ];
        return images.Length == 0 ? null : RouterImages.ServiceOf(images, objects,
            service => !OwnerLabels.Any(label => service.Meta.Labels.ContainsKey(label.Name)));
    }
}
