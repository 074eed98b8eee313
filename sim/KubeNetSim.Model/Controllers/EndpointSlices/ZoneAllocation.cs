namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>How many endpoints a zone should be hinted.</summary>
/// <param name="Desired">What its share of the CPU asks for, and the least that it needs.</param>
/// <param name="Maximum">The most it may have, so that every other zone can have the least that it needs.</param>
internal readonly record struct ZoneAllocation(double Desired, int Maximum)
{
    /// <summary>How much more than its share an endpoint may be asked to carry (overloadThreshold in topologycache.go).</summary>
    private const double OverloadThreshold = 0.2;

    /// <summary>
    /// The allocations of so many ready endpoints; null where already the least that each zone needs, each rounded up, is more than there
    /// are (getAllocations in topologycache.go).
    /// </summary>
    public static SortedDictionary<string, ZoneAllocation>? ByZone(ZoneShares shares, int ready)
    {
        SortedDictionary<string, ZoneAllocation> allocations = new(StringComparer.Ordinal);
        int spare = ready - shares.Zones.Sum(zone => Minimum(zone.Share, ready));
        foreach ((string zone, double share) in shares.Zones)
        {
            int minimum = Minimum(share, ready);
            allocations.Add(zone, new ZoneAllocation(Math.Max(share * ready, minimum), minimum + spare));
        }
        return spare < 0 ? null : allocations;
    }

    private static int Minimum(double share, int ready) => (int)Math.Ceiling(share * ready * (1 / (1 + OverloadThreshold)));
}
