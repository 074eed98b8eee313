namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Services without a selector, for which nobody wrote endpoints.</summary>
internal static class ServicesWithoutEndpoints
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            if (service.Selector is not null || service.Type == ServiceType.ExternalName || inspection.HasEndpoints(service) || IsOfTheApiServer(service)
                || inspection.LeftOut.Any(left => left.Namespace == service.Meta.Namespace && left.Name.StartsWith(service.Meta.Name, StringComparison.Ordinal)))
                continue;
            string field = service.IsHeadless ? Finding.FirstWritten(service.Meta.Origin, "spec.clusterIP", "spec") : "spec";
            yield return service.IsHeadless
                ? Finding.Warning("headless-without-endpoints", service.Meta, field,
                    $"Service {service.Meta.FullName} is headless and has neither a selector nor an EndpointSlice: its name resolves to nothing",
                    "a selector, or an EndpointSlice with the label kubernetes.io/service-name")
                : Finding.Warning("service-without-endpoints", service.Meta, field,
                    $"Service {service.Meta.FullName} has neither a selector nor an EndpointSlice: every connection to it is refused",
                    "a selector, or an EndpointSlice with the label kubernetes.io/service-name");
        }
    }

    // The API server writes these endpoints itself.
    private static bool IsOfTheApiServer(Service service) => service.Meta is { Namespace: "default", Name: "kubernetes" };
}
