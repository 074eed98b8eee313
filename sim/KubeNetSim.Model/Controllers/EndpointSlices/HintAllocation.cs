namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// Hints every ready endpoint of a Service for a zone, so that zones have endpoints in proportion to their CPU
/// (k8s.io/endpointslice/topologycache AddHints; messages as in its event.go): each endpoint first for its own zone, and then as many lent
/// to other zones as it takes. Slices that are not written keep their hints while these still fit. Where upstream takes zones in the random
/// order of a map, zones go by name here.
/// </summary>
internal static class HintAllocation
{
    /// <summary>Hints the slices of the plan that are written; and says why it cannot where it cannot.</summary>
    public static string? Allocate(SlicePlan plan, ZoneShares? shares)
    {
        if (shares is null)
            return "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes";
        int ready = plan.Remaining.Sum(slice => slice.Endpoints.Count(IsReady));
        string counts = $"({ready} endpoints, {shares.Zones.Length} zones)";
        if (shares.Zones.Length > ready)
            return $"Insufficient number of endpoints {counts}";
        if (ZoneAllocation.ByZone(shares, ready) is not { } allocations)
            return $"Unable to allocate minimum required endpoints to each zone without exceeding overload threshold {counts}";
        SortedDictionary<string, int> allocated = new(StringComparer.Ordinal);
        plan.WriteToo(slice => !Add(HintsThatFit(slice, allocations, allocated), allocated));
        if (plan.Written.Any(slice => slice.Endpoints.Any(endpoint => IsReady(endpoint) && endpoint.Zone is null or "")))
            return "One or more endpoints do not have a zone specified";
        foreach (Endpoint endpoint in plan.Written.SelectMany(slice => slice.Endpoints).Where(IsReady))
            allocated[endpoint.Zone!] = allocated.GetValueOrDefault(endpoint.Zone!) + 1;
        (SortedDictionary<string, int> giving, SortedDictionary<string, int> receiving) = GivingAndReceiving(allocations, allocated);
        Redistribute(plan, giving, receiving);
        return null;
    }

    /// <summary>
    /// How many endpoints of an unwritten slice are hinted for each zone; null where one that is ready has no hint, a hint is for an
    /// unknown zone, or a zone would get more than it may (getHintsByZone in utils.go).
    /// </summary>
    internal static SortedDictionary<string, int>? HintsThatFit(
        EndpointSlice slice, SortedDictionary<string, ZoneAllocation> allocations, SortedDictionary<string, int> allocated)
    {
        SortedDictionary<string, int> hints = new(StringComparer.Ordinal);
        foreach (Endpoint endpoint in slice.Endpoints.Where(IsReady))
        {
            if (endpoint.ZoneHints.IsEmpty || !endpoint.ZoneHints.All(allocations.ContainsKey))
                return null;
            foreach (string zone in endpoint.ZoneHints)
                hints[zone] = hints.GetValueOrDefault(zone) + 1;
        }
        return hints.All(zone => zone.Value + allocated.GetValueOrDefault(zone.Key) <= allocations[zone.Key].Maximum) ? hints : null;
    }

    /// <summary>How many endpoints each zone gives to others, and gets (getGivingAndReceivingZones in utils.go).</summary>
    internal static (SortedDictionary<string, int> Giving, SortedDictionary<string, int> Receiving) GivingAndReceiving(
        SortedDictionary<string, ZoneAllocation> allocations, SortedDictionary<string, int> allocated)
    {
        SortedDictionary<string, double> surplus = new(StringComparer.Ordinal);
        SortedDictionary<string, double> need = new(StringComparer.Ordinal);
        foreach ((string zone, ZoneAllocation allocation) in allocations)
        {
            double more = allocated.GetValueOrDefault(zone) - allocation.Desired;
            (more > 0 ? surplus : need).Add(zone, Math.Abs(more));
        }
        SortedDictionary<string, int> giving = new(StringComparer.Ordinal);
        SortedDictionary<string, int> receiving = new(StringComparer.Ordinal);
        // One endpoint at a time, from where most are too many to where most are missing, while that makes matters better.
        while (Most(surplus) is { } from && Most(need) is { } to
            && !(from.Amount < 1 && to.Amount < 1) && from.Amount >= 0.5 && to.Amount >= 0.5)
        {
            giving[from.Zone] = giving.GetValueOrDefault(from.Zone) + 1;
            receiving[to.Zone] = receiving.GetValueOrDefault(to.Zone) + 1;
            surplus[from.Zone]--;
            need[to.Zone]--;
        }
        return (giving, receiving);
    }

    /// <summary>
    /// Hints the ready endpoints of the written slices for their own zones, but for as many as their zones give: those are hinted for a
    /// zone that receives (redistributeHints in utils.go).
    /// </summary>
    internal static void Redistribute(SlicePlan plan, SortedDictionary<string, int> giving, SortedDictionary<string, int> receiving)
    {
        plan.Rewrite(slice => slice with
        {
            Endpoints = [.. slice.Endpoints.Select(endpoint => !IsReady(endpoint)
            ? endpoint
            : endpoint with { ZoneHints = [ZoneFor(endpoint.Zone!)] })]
        });

        string ZoneFor(string own)
        {
            if (receiving.Count == 0 || !TakeOne(giving, own))
                return own;
            string other = receiving.First().Key;
            TakeOne(receiving, other);
            return other;
        }
    }

    private static bool Add(SortedDictionary<string, int>? hints, SortedDictionary<string, int> allocated)
    {
        foreach ((string zone, int count) in hints ?? [])
            allocated[zone] = allocated.GetValueOrDefault(zone) + count;
        return hints is not null;
    }

    // EndpointReady in utils.go: unlike a proxy, the controller counts only an endpoint that says it.
    private static bool IsReady(Endpoint endpoint) => endpoint.Ready == true;

    private static (string Zone, double Amount)? Most(SortedDictionary<string, double> zones)
    {
        (string Zone, double Amount)? most = null;
        foreach ((string zone, double amount) in zones)
            if (amount > (most?.Amount ?? 0))
                most = (zone, amount);
        return most;
    }

    private static bool TakeOne(SortedDictionary<string, int> zones, string zone)
    {
        if (!zones.TryGetValue(zone, out int count))
            return false;
        if (count == 1)
            zones.Remove(zone);
        else
            zones[zone] = count - 1;
        return true;
    }
}
