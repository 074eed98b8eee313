namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Target ports that no container has: names lead nowhere, numbers to where nobody listens.</summary>
internal static class TargetPorts
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            if (service.Selector is null)
                continue;
            PodSpec[] specs = [.. inspection.PodsOf(service).Select(pod => pod.Spec).Distinct(ReferenceEqualityComparer.Instance).Cast<PodSpec>()];
            for (int index = 0; specs.Length > 0 && index < service.Ports.Length; index++)
                if (Check(service, index, specs) is { } problem)
                    yield return problem;
        }
    }

    private static Problem? Check(Service service, int index, PodSpec[] specs)
    {
        ServicePort port = service.Ports[index];
        if (service.IsHeadless && Headless(service, index, specs) is { } headless)
            return headless;
        string field = Finding.FirstWritten(service.Meta.Origin, $"spec.ports[{index}].targetPort", $"spec.ports[{index}].port");
        if (port.TargetPortName is { } name)
        {
            int without = specs.Count(spec => !spec.Ports.Any(item => item.Name == name && item.Protocol == port.Protocol));
            return without == 0 ? null : Finding.Warning("target-port-name", service.Meta, field,
                $"Service {service.Meta.FullName} sends to the port \"{name}\", and {(without == specs.Length ? "no container" : "not every pod")} behind it has a {port.Protocol} port of that name: {(without == specs.Length ? "it has no endpoint for it" : "the others get nothing")}",
                HelpOf(specs, port));
        }
        // Declaring ports is a courtesy, so only pods that do so can be caught at it.
        bool isDeclared = specs.Any(spec => spec.Ports.IsEmpty || spec.Ports.Any(item => item.Port == port.TargetPort && item.Protocol == port.Protocol));
        return isDeclared || service.IsHeadless ? null : Finding.Warning("target-port-number", service.Meta, field,
            $"Service {service.Meta.FullName} sends to port {port.TargetPort}/{port.Protocol}, and the containers behind it declare {Listed(specs)} only: that a process listens there is an assumption, because a container need not declare its ports",
            HelpOf(specs, port));
    }

    // Clients of a headless Service connect to a pod's own address: no rule translates the port that they call.
    private static Problem? Headless(Service service, int index, PodSpec[] specs)
    {
        ServicePort port = service.Ports[index];
        int[] targets = [.. specs.SelectMany(spec => port.TargetPortName is { } name
            ? spec.Ports.Where(item => item.Name == name && item.Protocol == port.Protocol).Select(item => item.Port) : [port.TargetPort]).Distinct()];
        bool isOpen = specs.Any(spec => spec.ProbePorts.Contains(port.Port)
            || spec.Ports.Any(item => item.Port == port.Port && item.Protocol == port.Protocol));
        return targets.Length == 0 || targets.Contains(port.Port) || isOpen ? null : Finding.Warning("headless-target-port", service.Meta,
            Finding.FirstWritten(service.Meta.Origin, $"spec.ports[{index}].targetPort", $"spec.ports[{index}].port"),
            $"Service {service.Meta.FullName} is headless, so its port {port.Port} is not mapped to {string.Join(", ", targets)}: clients that call port {port.Port} are refused",
            $"port: {targets[0]}, or a Service with a cluster IP");
    }

    private static string HelpOf(PodSpec[] specs, ServicePort port)
    {
        ContainerPort[] there = [.. specs.SelectMany(spec => spec.Ports).Where(item => item.Protocol == port.Protocol).Distinct()];
        return there.Length == 0 ? "declare the port in the container"
            : $"targetPort: {(there[0].Name.Length > 0 ? there[0].Name : Finding.Number(there[0].Port).Replace(",", "", StringComparison.Ordinal))}, or declare the port in the container";
    }

    private static string Listed(PodSpec[] specs) =>
        string.Join(", ", specs.SelectMany(spec => spec.Ports).Select(item => $"{item.Port}/{item.Protocol}").Distinct(StringComparer.Ordinal).Take(5));
}
