using System.Globalization;

namespace KubeNetSim.Checks.Pitfalls;

/// <summary>A load balancer for every HTTP Service, where one could stand before them all.</summary>
internal static class ManyLoadBalancers
{
    private const int Few = 3;

    /// <summary>A month as clouds bill it.</summary>
    private const double HoursPerMonth = 730;

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        Service[] services = [.. inspection.Services.Where(service => service is { Type: ServiceType.LoadBalancer, LoadBalancerIngress.IsEmpty: false } && service.Ports.All(IsHttp))];
        if (services.Length < Few || inspection.Scenario.Prices is not { LoadBalancer: var price } sheet)
            yield break;
        string Monthly(int count) => (HoursPerMonth * (price.FirstHour + (Math.Max(0, count - price.Together) * price.FurtherHour))).ToString("0.00", CultureInfo.InvariantCulture);
        if (Monthly(services.Length) == Monthly(1))
            yield break;
        yield return Finding.Advice("advice-service-type", services[0].Meta.Origin, "spec.type",
            $"{services.Length} Services speak HTTP and have a load balancer each, for {Monthly(services.Length)} {sheet.Currency} a month before traffic (prices of {sheet.AsOf}); one for all of them costs {Monthly(1)}",
            "type: ClusterIP, and one Gateway or Ingress in front that tells them apart by host or path");
    }

    private static bool IsHttp(ServicePort port) =>
        port.Protocol == Protocol.TCP && (port.Port is 80 or 443 or 8080 or 8443 || port.Name is "http" or "https" || port.AppProtocol is "http" or "https" or "HTTP" or "HTTPS");
}
