namespace KubeNetSim.Checks.Pitfalls;

/// <summary><c>publishNotReadyAddresses</c> is for peers that find each other by DNS; with a cluster IP clients meet pods that are not ready.</summary>
internal static class UnreadyEndpoints
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
            if (service is { PublishNotReadyAddresses: true, IsHeadless: false, Type: not ServiceType.ExternalName })
                yield return Finding.Warning("unready-endpoints", service.Meta, "spec.publishNotReadyAddresses",
                    $"Service {service.Meta.FullName} has a cluster IP and publishes pods that are not ready: connections go to pods that start or fail, and readiness probes change nothing",
                    "publishNotReadyAddresses on a headless Service of its own, for peers that look for each other");
    }
}
