namespace KubeNetSim.Model;

/// <summary>The EndpointSliceMirroring controller: Endpoints written by hand for a Service without a selector become slices.</summary>
internal static class EndpointsMirror
{
    /// <summary>Addresses mirrored from one subset at most (kube-controller-manager --mirroring-max-endpoints-per-subset).</summary>
    private const int MaxPerSubset = 1_000;

    public static IEnumerable<EndpointSlice> Slices(Service service, Endpoints endpoints)
    {
        int number = 0;
        foreach (EndpointSubset subset in endpoints.Subsets)
            foreach (IGrouping<IpFamily, Endpoint> family in subset.Addresses.Take(MaxPerSubset).GroupBy(endpoint => endpoint.Addresses[0].Family))
                foreach (Endpoint[] chunk in family.Chunk(EndpointSlice.MaxEndpoints))
                    yield return new EndpointSlice
                    {
                        Meta = EndpointSliceController.SliceMeta(service, number++),
                        Family = family.Key,
                        Ports = subset.Ports,
                        Endpoints = [.. chunk],
                    };
    }
}
