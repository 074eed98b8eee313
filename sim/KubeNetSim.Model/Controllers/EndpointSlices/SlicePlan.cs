namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// What one sync does to the EndpointSlices of a Service and family, before anything is written (k8s.io/endpointslice reconciler.go and
/// topologycache/sliceinfo.go have the same four lists). New slices have no name yet.
/// </summary>
internal sealed class SlicePlan
{
    /// <summary>New slices.</summary>
    public List<EndpointSlice> Created { get; } = [];

    /// <summary>Slices with another content than before.</summary>
    public List<EndpointSlice> Updated { get; private set; } = [];

    /// <summary>Slices that stay as they are: the same objects.</summary>
    public List<EndpointSlice> Unchanged { get; private set; } = [];

    /// <summary>Slices that go.</summary>
    public List<EndpointSlice> Deleted { get; } = [];

    /// <summary>Every slice that will be there.</summary>
    public IEnumerable<EndpointSlice> Remaining => Created.Concat(Updated).Concat(Unchanged);

    /// <summary>Slices that are written anyway.</summary>
    public IEnumerable<EndpointSlice> Written => Created.Concat(Updated);

    /// <summary>Replaces written slices by what they become.</summary>
    public void Rewrite(Func<EndpointSlice, EndpointSlice> change)
    {
        for (int slice = 0; slice < Created.Count; slice++)
            Created[slice] = change(Created[slice]);
        Updated = [.. Updated.Select(change)];
    }

    /// <summary>Has those of the unchanged slices written too of which this is true; they are asked in order.</summary>
    public void WriteToo(Predicate<EndpointSlice> isOutdated)
    {
        List<EndpointSlice> unchanged = [];
        foreach (EndpointSlice slice in Unchanged)
            (isOutdated(slice) ? Updated : unchanged).Add(slice);
        Unchanged = unchanged;
    }

    /// <summary>
    /// The slices, those that were there before in their old order. A slice that would go takes the content of one that would be new, so
    /// that one write does for two (finalize in reconciler.go).
    /// </summary>
    /// <param name="before">The slices as they were.</param>
    /// <param name="newMeta">Makes name and labels of a new slice.</param>
    public IEnumerable<EndpointSlice> Result(IReadOnlyList<EndpointSlice> before, Func<ObjectMeta> newMeta)
    {
        Dictionary<string, EndpointSlice> byName = Updated.Concat(Unchanged).ToDictionary(slice => slice.Meta.Name);
        int created = Created.Count;
        foreach (EndpointSlice recycled in Deleted.Take(Created.Count))
        {
            EndpointSlice slice = Created[--created];
            byName.Add(recycled.Meta.Name, slice with { Meta = slice.Meta with { Name = recycled.Meta.Name } });
        }
        foreach (EndpointSlice slice in before)
            if (byName.TryGetValue(slice.Meta.Name, out EndpointSlice? now))
                yield return now;
        foreach (EndpointSlice slice in Created.Take(created))
            yield return slice with { Meta = newMeta() };
    }
}
