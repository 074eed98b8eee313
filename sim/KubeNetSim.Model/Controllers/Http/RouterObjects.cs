using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// What Gateways and Ingress controllers run as where the files do not bring it: a Deployment behind one Service of type LoadBalancer. A
/// Gateway has its own, named after it and its class (gateway-api GEP-1762); all Ingresses of a class share one.
/// </summary>
/// <param name="Controllers">The Deployments.</param>
/// <param name="Services">The Services.</param>
public sealed record RouterObjects(ImmutableArray<PodController> Controllers, ImmutableArray<Service> Services)
{
    /// <summary>Namespace of Ingress controllers that the files do not bring.</summary>
    public const string IngressNamespace = "ingress-system";

    /// <summary>Label of the pods and Services of a Gateway (GEP-1762).</summary>
    public const string GatewayLabel = "gateway.networking.k8s.io/gateway-name";

    private const string IngressLabel = "app.kubernetes.io/name";
    private const int LongestName = 63;
    private const int SuffixLength = 10;

    /// <summary>Nothing.</summary>
    public static RouterObjects None { get; } = new([], []);

    /// <summary>The settings with the Services of Ingress controllers and Gateways that the files contain.</summary>
    internal static HttpRouterSettings Recognize(ClusterObjects objects, HttpRouterSettings settings) => settings with
    {
        RecognizedServices = settings.IngressService is null ? KnownIngressControllers.ServicesOf(objects) : settings.RecognizedServices,
        RecognizedGateways = KnownGateways.ServicesOf(objects),
    };

    /// <summary>What the files do not hold.</summary>
    internal static RouterObjects MissingFrom(ClusterObjects objects, HttpRouterSettings settings, ControllerLog log)
    {
        List<Service> services = [];
        foreach (Gateway gateway in objects.Http.Gateways)
            if (!settings.RecognizedGateways.ContainsKey(gateway.Meta.FullName))
                services.Add(ServiceOf(gateway));
        foreach (string name in objects.Http.Ingresses.Select(ingress => IngressClasses.ClassOf(ingress, objects.Http)).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal))
            if (settings.IngressServiceOf(name) is null)
            {
                services.Add(ServiceOf(name));
                log.Default("Ingress controller", $"{(name.Length == 0 ? "" : $"class {name}: ")}not in the files; "
                    + $"{settings.Replicas} pods behind {IngressNamespace}/{NameOf(name)} are invented");
            }
        HashSet<string> taken = [.. objects.Services.Select(service => service.Meta.FullName)];
        services.RemoveAll(service => taken.Contains(service.Meta.FullName) || service.Ports.IsEmpty);
        foreach (Service service in services.Where(service => service.Meta.Labels.ContainsKey(GatewayLabel)))
            log.Default("Gateway", $"{service.Meta.Namespace}/{service.Meta.Labels[GatewayLabel]}: its pods are not in the files; "
                + $"{settings.Replicas} pods behind {service.Meta.FullName} are invented");
        return new RouterObjects([.. services.Select(service => DeploymentOf(service, settings.Replicas))], [.. services]);
    }

    /// <summary>Whether a Service is one of these. Clients do not call them by name.</summary>
    public static bool IsRouter(Service service) =>
        service.Meta.Labels.ContainsKey(GatewayLabel) || service.Meta.Namespace == IngressNamespace;

    /// <summary>The Service of a Gateway among those of a cluster; null where it has none.</summary>
    public static Service? ServiceOf(Gateway gateway, Cluster cluster) =>
        cluster.HttpRouters.RecognizedGateways.GetValueOrDefault(gateway.Meta.FullName)?.Split('/') is [var space, var name]
            ? Find(cluster, space, name)
            : Find(cluster, gateway.Meta.Namespace, NameOf(gateway));

    /// <summary>The Service of an Ingress controller among those of a cluster; null where it has none.</summary>
    public static Service? ServiceOf(string className, Cluster cluster) =>
        cluster.HttpRouters.IngressServiceOf(className)?.Split('/') is [var space, var name]
            ? Find(cluster, space, name)
            : Find(cluster, IngressNamespace, NameOf(className));

    private static Service? Find(Cluster cluster, string space, string name) =>
        cluster.Services.FirstOrDefault(service => service.Meta.Namespace == space && service.Meta.Name == name);

    private static Service ServiceOf(Gateway gateway) => new()
    {
        Meta = new ObjectMeta
        {
            Namespace = gateway.Meta.Namespace,
            Name = NameOf(gateway),
            Labels = gateway.InfrastructureLabels.SetItem(GatewayLabel, Shortened(gateway.Meta.Name)),
            Annotations = gateway.InfrastructureAnnotations,
            Origin = gateway.Meta.Origin,
        },
        Type = ServiceType.LoadBalancer,
        Selector = LabelSelector.Exactly([KeyValuePair.Create(GatewayLabel, Shortened(gateway.Meta.Name))]),
        RequestedLoadBalancerIP = gateway.Addresses.FirstOrDefault(address => address.Type == "IPAddress") is { } asked
            && IpAddress.TryParse(asked.Value, out IpAddress ip) ? ip : null,
        Ports =
        [
            .. gateway.AllListeners.Where(listener => listener.Port > 0)
                .Select(listener => (listener.Port, Protocol: listener.Protocol == "UDP" ? Protocol.UDP : Protocol.TCP)).Distinct()
                .Select(port => Port($"{port.Protocol.ToString().ToLowerInvariant()}-{port.Port}", port.Port, port.Protocol)),
        ],
    };

    private static Service ServiceOf(string className)
    {
        string name = NameOf(className);
        return new Service
        {
            Meta = new ObjectMeta { Namespace = IngressNamespace, Name = name, Labels = ObjectMeta.NoLabels.Add(IngressLabel, name) },
            Type = ServiceType.LoadBalancer,
            Selector = LabelSelector.Exactly([KeyValuePair.Create(IngressLabel, name)]),
            Ports = [Port("http", 80, Protocol.TCP), Port("https", 443, Protocol.TCP)],
        };
    }

    private static PodController DeploymentOf(Service service, int replicas) => new()
    {
        Kind = PodControllerKind.Deployment,
        Meta = service.Meta,
        Replicas = replicas,
        TemplateLabels = service.Meta.Labels,
        Template = new PodSpec { RequestedMilliCpu = 100, RequestedMemoryBytes = 90L << 20 },
    };

    private static ServicePort Port(string name, int port, Protocol protocol) =>
        new() { Name = name, Port = port, TargetPort = port, Protocol = protocol };

    private static string NameOf(Gateway gateway) => Shortened($"{gateway.Meta.Name}-{gateway.ClassName}".Replace('.', '-'));

    private static string NameOf(string className) =>
        className.Length == 0 ? "ingress-controller" : Shortened($"ingress-controller-{className}".Replace('.', '-'));

    // Names of Gateways and classes are longer than those of Services may be; two that begin alike stay two.
    private static string Shortened(string name) =>
        name.Length <= LongestName
            ? name
            : $"{name[..(LongestName - SuffixLength - 1)].TrimEnd('-', '.')}-{NameSuffix.Of(name, 0, SuffixLength)}";
}
