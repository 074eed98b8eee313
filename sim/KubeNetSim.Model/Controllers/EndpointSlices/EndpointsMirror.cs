namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>The EndpointSliceMirroring controller: Endpoints written by hand for a Service without a selector become slices.</summary>
internal static class EndpointsMirror
{
    /// <summary>Value of the managed-by label (pkg/controller/endpointslicemirroring).</summary>
    public const string ControllerName = "endpointslicemirroring-controller.k8s.io";

    /// <summary>The label of Endpoints that are not to be mirrored.</summary>
    public const string SkipMirrorLabel = "endpointslice.kubernetes.io/skip-mirror";

    /// <summary>Addresses mirrored from one subset at most (kube-controller-manager --mirroring-max-endpoints-per-subset).</summary>
    private const int MaxPerSubset = 1_000;

    /// <summary>The slices of the Service; none where the Endpoints say that they are not to be mirrored.</summary>
    public static IEnumerable<EndpointSlice> Slices(Service service, Endpoints endpoints)
    {
        if (endpoints.Meta.Labels.GetValueOrDefault(SkipMirrorLabel) == "true")
            yield break;
        int number = 0;
        foreach (EndpointSubset subset in endpoints.Subsets)
            foreach (IGrouping<IpFamily, Endpoint> family in subset.Addresses
                .Where(endpoint => !endpoint.Addresses.IsEmpty)
                .Take(MaxPerSubset)
                .GroupBy(endpoint => endpoint.Addresses[0].Family))
                foreach (Endpoint[] chunk in family.Chunk(EndpointSlice.MaxEndpoints))
                    yield return new EndpointSlice
                    {
                        Meta = SliceMeta.Of(service, number++, ControllerName),
                        Family = family.Key,
                        Ports = subset.Ports,
                        Endpoints = [.. chunk],
                    };
    }
}
