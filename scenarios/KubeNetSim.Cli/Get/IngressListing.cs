namespace KubeNetSim.Cli.Get;

/// <summary>Ingresses and their classes as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printIngress).</summary>
internal static class IngressListing
{
    private const int MostHosts = 3;

    public static ListedKind Kind { get; } = new(
        ["ingresses", "ingress", "ing"],
        ["CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"],
        [],
        (cluster, _) => cluster.Http.Ingresses.Select(ingress => new ListedObject(
            ingress.Meta,
            [IngressClasses.ClassOf(ingress, cluster.Http) is { Length: > 0 } name ? name : ListedKind.None, Hosts(ingress), Addresses(ingress, cluster), ingress.Tls.IsEmpty ? "80" : "80, 443", ListedKind.Age],
            [],
            () => IngressExport.Of(ingress, ServiceOf(ingress, cluster)))));

    public static ListedKind Classes { get; } = new(
        ["ingressclasses", "ingressclass"],
        ["CONTROLLER", "PARAMETERS", "AGE"],
        [],
        (cluster, _) => cluster.Http.IngressClasses.Select(item => new ListedObject(
            item.Meta, [item.Controller, ListedKind.None, ListedKind.Age], [], () => IngressExport.Of(item))));

    private static Service? ServiceOf(Ingress ingress, Cluster cluster) =>
        IngressClasses.ClassOf(ingress, cluster.Http) is { } name ? RouterObjects.ServiceOf(name, cluster) : null;

    private static string Hosts(Ingress ingress)
    {
        string[] hosts = [.. ingress.Rules.Select(rule => rule.Host.Length > 0 ? rule.Host : "*")];
        string shown = hosts.Length == 0 ? "*" : string.Join(",", hosts.Take(MostHosts));
        return hosts.Length > MostHosts ? $"{shown} + {hosts.Length - MostHosts} more..." : shown;
    }

    private static string Addresses(Ingress ingress, Cluster cluster) =>
        string.Join(",", (ServiceOf(ingress, cluster)?.LoadBalancerIngress ?? []).Select(item => item.Hostname ?? item.Ip?.ToString()));
}
