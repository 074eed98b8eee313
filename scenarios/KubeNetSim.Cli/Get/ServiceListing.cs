namespace KubeNetSim.Cli.Get;

/// <summary>Services as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printService).</summary>
internal static class ServiceListing
{
    // loadBalancerWidth in printers.go: a longer list of load balancer addresses is cut, unless wide.
    private const int LoadBalancerWidth = 16;

    public static ListedKind Kind { get; } = new(
        ["services", "service", "svc"],
        ["TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"],
        ["SELECTOR"],
        (cluster, wide) => cluster.Services.Select(service => Listed(service, wide)));

    private static ListedObject Listed(Service service, bool wide) => new(
        service.Meta,
        [service.Type.ToString(), ClusterIp(service), ExternalIp(service, wide), Ports(service), ListedKind.Age],
        [Selector(service)],
        () => ServiceExport.Of(service),
        service.IsBackground);

    private static string ClusterIp(Service service) =>
        service.IsHeadless ? "None" : service.ClusterIPs.Length > 0 ? service.ClusterIPs[0].ToString() : ListedKind.None;

    private static string ExternalIp(Service service, bool wide)
    {
        if (service.Type == ServiceType.ExternalName)
            return service.ExternalName ?? "";
        IEnumerable<string> given = service.ExternalIPs.Select(address => address.ToString());
        if (service.Type != ServiceType.LoadBalancer)
            return Joined(given, ListedKind.None);
        string balancers = LoadBalancers(service, wide);
        return Joined(balancers.Length > 0 ? given.Prepend(balancers) : given, "<pending>");
    }

    private static string LoadBalancers(Service service, bool wide)
    {
        string joined = string.Join(",", service.LoadBalancerIngress
            .Select(ingress => ingress.Ip?.ToString() ?? ingress.Hostname ?? "")
            .Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal));
        return !wide && joined.Length > LoadBalancerWidth ? joined[..(LoadBalancerWidth - 3)] + "..." : joined;
    }

    private static string Ports(Service service) => Joined(
        service.Ports.Select(port => port.NodePort > 0 ? $"{port.Port}:{port.NodePort}/{port.Protocol}" : $"{port.Port}/{port.Protocol}"),
        ListedKind.None);

    private static string Selector(Service service)
    {
        string selector = service.Selector?.ToString() ?? "";
        return selector.Length > 0 ? selector : ListedKind.None;
    }

    private static string Joined(IEnumerable<string> texts, string otherwise)
    {
        string joined = string.Join(",", texts);
        return joined.Length > 0 ? joined : otherwise;
    }
}
