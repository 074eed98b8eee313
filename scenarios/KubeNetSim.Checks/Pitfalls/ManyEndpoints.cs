namespace KubeNetSim.Checks.Pitfalls;

/// <summary>What an Endpoints object cannot hold (pkg/controller/endpoint maxCapacity; KEP-0752).</summary>
internal static class ManyEndpoints
{
    private const int MostAddresses = 1_000;

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
            if (service.Selector is not null && inspection.EndpointsOf(service).Count() is > MostAddresses and int count)
                yield return Finding.Warning("endpoints-truncated", service.Meta, "spec.selector",
                    $"Service {service.Meta.FullName} has {Finding.Number(count)} endpoints: its Endpoints object is cut off at {Finding.Number(MostAddresses)}, so whoever still reads that never sees {Finding.Percent(1 - (MostAddresses / (double)count))} of the pods",
                    "let every reader use EndpointSlices, which have them all; or split the Service");
        foreach (Endpoints endpoints in inspection.Scenario.Objects.Endpoints)
            for (int index = 0; index < endpoints.Subsets.Length; index++)
                if (endpoints.Subsets[index].Addresses.Length is > MostAddresses and int count)
                    yield return Finding.Warning("endpoints-truncated", endpoints.Meta, $"subsets[{index}]",
                        $"Endpoints {endpoints.Meta.FullName} has {Finding.Number(count)} addresses in a subset, and only {Finding.Number(MostAddresses)} of them are mirrored into slices: the proxies never see the others",
                        "EndpointSlices, at most 1,000 endpoints each");
    }
}
