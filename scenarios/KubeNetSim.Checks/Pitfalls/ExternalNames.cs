namespace KubeNetSim.Checks.Pitfalls;

/// <summary>ExternalName Services are aliases in DNS, and clients go on with the name that they asked for.</summary>
internal static class ExternalNames
{
    private const int HttpsPort = 443;

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
            if (service is { Type: ServiceType.ExternalName, ExternalName: { } name })
                foreach (Problem problem in Of(service, name))
                    yield return problem;
        foreach (Workload workload in inspection.Scenario.Workloads)
            if (AliasOf(inspection, workload) is { } alias)
                yield return Finding.Warning("external-name-https", workload.Origin, "to",
                    $"Workload '{workload.Name}' calls {workload.To} and meets the certificate of {alias}, which is for another name", $"call https://{alias}/ itself");
    }

    private static IEnumerable<Problem> Of(Service service, string name)
    {
        if (IpAddress.TryParse(name, out _))
            yield return Finding.Warning("external-name-address", service.Meta, "spec.externalName",
                $"Service {service.Meta.FullName} is an alias of the name \"{name}\", and no such name exists: DNS does not take it for an address",
                "a Service without selector, and an EndpointSlice with the address");
        for (int index = 0; index < service.Ports.Length; index++)
            if (IsHttps(service.Ports[index]))
                yield return Finding.Warning("external-name-https", service.Meta, $"spec.ports[{index}].port",
                    $"Clients of Service {service.Meta.FullName} ask {name} for the name {service.Meta.Name}.{service.Meta.Namespace}: its certificate does not have it, and TLS fails",
                    $"let clients call https://{name}/ itself");
    }

    private static bool IsHttps(ServicePort port) =>
        port.Port == HttpsPort || port.Name == "https" || port.Name.StartsWith("https-", StringComparison.Ordinal)
        || port.AppProtocol is "https" or "HTTPS" or "kubernetes.io/wss";

    // Only an ExternalName Service answers with an alias.
    private static string? AliasOf(Inspection inspection, Workload workload) =>
        workload.To is WorkloadTarget.Url { IsTls: true } url && Inspection.ClientNamespaceOf(workload) is { } space
        && inspection.Dns.LookUp(url.Host, DnsRecordType.A, space).Answer.Answers.FirstOrDefault(record => record.Type == DnsRecordType.CNAME) is { } record
            ? record.Data.TrimEnd('.') : null;
}
