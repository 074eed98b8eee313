using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// Puts endpoints that have the same ports into slices with as few writes as possible, rather than into as few slices as possible
/// (k8s.io/endpointslice reconciler.go, reconcileByPortMapping): endpoints stay in the slice where they are; new ones go into slices that
/// are written anyway, the fullest first; what is left goes into the one slice that it fills best, or into new slices.
/// Where upstream takes endpoints and slices in the random order of a set, the order of the lists decides here.
/// </summary>
/// <param name="capacity">How many endpoints a slice holds.</param>
internal sealed class SlicePacking(int capacity)
{
    /// <summary>Adds to the plan what becomes of the slices that exist.</summary>
    /// <param name="plan">Takes the changes.</param>
    /// <param name="existing">Slices with these ports.</param>
    /// <param name="desired">Endpoints that there should be.</param>
    /// <param name="empty">A new slice without endpoints, whose labels all of the Service's slices should have.</param>
    public void Pack(SlicePlan plan, IReadOnlyList<EndpointSlice> existing, IReadOnlyList<Endpoint> desired, EndpointSlice empty)
    {
        Dictionary<EndpointIdentity, Endpoint> wanted = new(desired.Count);
        foreach (Endpoint endpoint in desired)
            wanted[EndpointIdentity.Of(endpoint)] = endpoint;
        List<EndpointSlice> unchanged = [];
        List<EndpointSlice> marked = [];
        foreach (EndpointSlice slice in existing)
        {
            EndpointSlice kept = Keep(slice, wanted, empty.Meta.Labels);
            if (ReferenceEquals(kept, slice))
                unchanged.Add(slice);
            else if (kept.Endpoints.IsEmpty)
                plan.Deleted.Add(slice);
            else
                marked.Add(kept);
        }
        Queue<Endpoint> left = new(desired.Where(endpoint => wanted.Remove(EndpointIdentity.Of(endpoint))));
        foreach (EndpointSlice slice in marked.OrderByDescending(slice => slice.Endpoints.Length))
            plan.Updated.Add(Fill(slice, left));
        Place(plan, left, unchanged, empty);
        plan.Unchanged.AddRange(unchanged);
    }

    // The slice with those of its endpoints that are still wanted, as they are wanted; the same object where nothing has changed.
    private static EndpointSlice Keep(
        EndpointSlice slice, Dictionary<EndpointIdentity, Endpoint> wanted, ImmutableSortedDictionary<string, string> labels)
    {
        ImmutableArray<Endpoint>.Builder kept = ImmutableArray.CreateBuilder<Endpoint>(slice.Endpoints.Length);
        bool isChanged = false;
        foreach (Endpoint endpoint in slice.Endpoints)
            if (wanted.Remove(EndpointIdentity.Of(endpoint), out Endpoint? now))
            {
                isChanged |= !IsSame(endpoint, now);
                kept.Add(now);
            }
        isChanged |= kept.Count < slice.Endpoints.Length;
        if (!isChanged && slice.Meta.Labels.SequenceEqual(labels))
            return slice;
        // Hints are decided later, for the slices that are written; endpoints come without them.
        return slice with { Meta = slice.Meta with { Labels = labels }, Endpoints = kept.DrainToImmutable() };
    }

    // EndpointsEqualBeyondHash in util/controller_utils.go; what EndpointIdentity compares is equal already.
    private static bool IsSame(Endpoint one, Endpoint other) =>
        one.NodeName == other.NodeName && one.Zone == other.Zone
        && one.Ready == other.Ready && one.Serving == other.Serving && one.Terminating == other.Terminating;

    private EndpointSlice Fill(EndpointSlice slice, Queue<Endpoint> left)
    {
        int count = Math.Min(left.Count, capacity - slice.Endpoints.Length);
        return count <= 0
            ? slice
            : slice with { Endpoints = [.. slice.Endpoints, .. Enumerable.Range(0, count).Select(_ => left.Dequeue())] };
    }

    private void Place(SlicePlan plan, Queue<Endpoint> left, List<EndpointSlice> unchanged, EndpointSlice empty)
    {
        while (left.Count > 0)
        {
            EndpointSlice? fitting = left.Count < capacity ? Fitting(unchanged, left.Count) : null;
            if (fitting is null)
            {
                plan.Created.Add(Fill(empty, left));
                continue;
            }
            unchanged.Remove(fitting);
            plan.Updated.Add(Fill(fitting, left));
        }
    }

    // The slice that would be closest to full with so many more (getSliceToFill in utils.go).
    private EndpointSlice? Fitting(List<EndpointSlice> slices, int count)
    {
        EndpointSlice? closest = null;
        int leastLeft = capacity;
        foreach (EndpointSlice slice in slices)
            if (capacity - count - slice.Endpoints.Length is var left && left >= 0 && left < leastLeft)
                (closest, leastLeft) = (slice, left);
        return closest;
    }

    /// <summary>What makes an endpoint the same as before, whatever its state (util/endpointset.go).</summary>
    private readonly record struct EndpointIdentity(IpAddress Address, string? Hostname, string? PodName)
    {
        public static EndpointIdentity Of(Endpoint endpoint) =>
            new(endpoint.Addresses.IsEmpty ? default : endpoint.Addresses[0], endpoint.Hostname, endpoint.PodName);
    }
}
