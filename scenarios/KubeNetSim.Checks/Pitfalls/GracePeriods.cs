namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Pods behind Services that are killed before the proxies know that they go.</summary>
internal static class GracePeriods
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        ILookup<string, Service> services = inspection.Services.Where(service => service.Selector is not null).ToLookup(service => service.Meta.Namespace, StringComparer.Ordinal);
        foreach (PodController controller in inspection.Scenario.Objects.Controllers)
            if (IsSuspicious(controller.Template) && services[controller.Meta.Namespace].FirstOrDefault(item => item.Selector!.Matches(controller.TemplateLabels)) is { } service)
                yield return Of(controller.Meta, controller.Template, "spec.template.spec.", $"{controller.Kind} {controller.Meta.FullName}", service);
        foreach (Pod pod in inspection.Scenario.Objects.Pods)
            if (pod.OwnedBy is null && IsSuspicious(pod.Spec) && services[pod.Meta.Namespace].FirstOrDefault(item => item.Selector!.Matches(pod.Meta.Labels)) is { } service)
                yield return Of(pod.Meta, pod.Spec, "spec.", $"Pod {pod.Meta.FullName}", service);
    }

    private static bool IsSuspicious(PodSpec spec) => spec.TerminationGraceNs == 0 || IsTooLong(spec);

    private static bool IsTooLong(PodSpec spec) => spec.PreStopSleepNs > 0 && spec.PreStopSleepNs >= spec.TerminationGraceNs;

    private static Problem Of(ObjectMeta meta, PodSpec spec, string path, string what, Service service) => spec.TerminationGraceNs == 0
        ? Finding.Warning("no-grace-period", meta, $"{path}terminationGracePeriodSeconds",
            $"Pods of {what} are killed at once, with the requests that they work on, and Service {service.Meta.FullName} sends them more until every proxy knows",
            "30 (leave it out), and a preStop hook that sleeps some seconds")
        : Finding.Warning("pre-stop-too-long", meta, Finding.FirstWritten(meta.Origin, $"{path}terminationGracePeriodSeconds", $"{path}containers[0].lifecycle.preStop", path.TrimEnd('.')),
            $"The preStop hook of {what} sleeps as long as the grace period ({spec.TerminationGraceNs / 1_000_000_000} s), so the process is killed without having been told to stop, with the requests of Service {service.Meta.FullName} that it works on",
            "terminationGracePeriodSeconds: the sleep and the time that the longest request takes");
}
