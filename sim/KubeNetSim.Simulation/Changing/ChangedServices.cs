namespace KubeNetSim.Simulation.Changing;

/// <summary>Which Services have other EndpointSlices than before.</summary>
internal static class ChangedServices
{
    /// <summary>
    /// Each of them with its slices as they are, in the order of the cluster. Slices that are the same objects have not changed.
    /// </summary>
    public static List<PublishedService> Between(Cluster before, Cluster after)
    {
        HashSet<EndpointSlice> unchanged = new(before.EndpointSlices, ReferenceEqualityComparer.Instance);
        HashSet<(string, string)> names = [];
        foreach (EndpointSlice slice in after.EndpointSlices)
            if (!unchanged.Remove(slice))
                names.Add(NameOf(slice));
        foreach (EndpointSlice gone in unchanged)
            names.Add(NameOf(gone));
        if (names.Count == 0)
            return [];
        ILookup<(string, string), EndpointSlice> slices = after.EndpointSlices.Where(slice => names.Contains(NameOf(slice))).ToLookup(NameOf);
        return
        [
            .. after.Services.Where(service => names.Contains((service.Meta.Namespace, service.Meta.Name)))
                .Select(service => new PublishedService(service, [.. slices[(service.Meta.Namespace, service.Meta.Name)]])),
        ];
    }

    private static (string, string) NameOf(EndpointSlice slice) => (slice.Meta.Namespace, slice.ServiceName);
}
