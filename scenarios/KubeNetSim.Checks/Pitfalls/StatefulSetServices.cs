namespace KubeNetSim.Checks.Pitfalls;

/// <summary>The Service that gives the pods of a StatefulSet their names in DNS.</summary>
internal static class StatefulSetServices
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        Dictionary<string, Service> services = inspection.Services.DistinctBy(service => service.Meta.FullName)
            .ToDictionary(service => service.Meta.FullName, StringComparer.Ordinal);
        foreach (PodController controller in inspection.Scenario.Objects.Controllers)
        {
            if (controller is not { Kind: PodControllerKind.StatefulSet, ServiceName: { Length: > 0 } name }
                || inspection.LeftOut.Contains((controller.Meta.Namespace, name)))
                continue;
            Service? service = services.GetValueOrDefault($"{controller.Meta.Namespace}/{name}");
            string? wrong = service is null ? "which is not there"
                : service.Selector?.Matches(controller.TemplateLabels) == false ? "which selects other pods"
                : null;
            if (wrong is null && service is { IsHeadless: false })
                yield return Finding.Warning("stateful-set-service", controller.Meta, "spec.serviceName",
                    $"StatefulSet {controller.Meta.FullName} names the Service \"{name}\", which is not headless: names such as "
                        + $"{controller.Meta.Name}-{controller.OrdinalStart}.{name} resolve in CoreDNS, but other cluster DNS need not answer them",
                    "clusterIP: None, as the StatefulSet API asks for");
            if (wrong is not null)
                yield return Finding.Warning("stateful-set-service", controller.Meta, "spec.serviceName",
                    $"StatefulSet {controller.Meta.FullName} names the Service \"{name}\", {wrong}: names such as {controller.Meta.Name}-{controller.OrdinalStart}.{name} do not resolve",
                    "a Service of that name with clusterIP: None that selects the pods");
        }
    }
}
