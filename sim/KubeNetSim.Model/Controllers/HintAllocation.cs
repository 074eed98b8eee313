using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Which zone each ready endpoint of a Service is hinted for, so that zones have endpoints in proportion to their CPU
/// (k8s.io/endpointslice/topologycache AddHints; messages as in its event.go): every endpoint first for its own zone, and then as many
/// lent as it takes. Where upstream takes zones in the random order of a map, zones go by name here.
/// </summary>
/// <param name="Message">What the event says.</param>
/// <param name="IsPossible">Whether there are hints.</param>
internal sealed record HintAllocation(string Message, bool IsPossible)
{
    /// <summary>How much more than its share an endpoint may be asked to carry.</summary>
    private const double OverloadThreshold = 0.2;

    private ImmutableArray<string> _zones = [];

    /// <summary>Zone that the ready endpoint with this number, counted among the ready ones, is hinted for.</summary>
    public string ZoneOfReady(int number) => _zones[number];

    /// <summary>Allocates the endpoints of one Service and family.</summary>
    public static HintAllocation Of(ZoneShares? shares, ImmutableArray<Endpoint> endpoints)
    {
        if (shares is null)
            return Impossible("Insufficient Node information: allocatable CPU or zone not specified on one or more nodes");
        Endpoint[] ready = [.. endpoints.Where(endpoint => endpoint.IsReady)];
        string counts = $"({ready.Length} endpoints, {shares.Zones.Length} zones)";
        if (shares.Zones.Length > ready.Length)
            return Impossible($"Insufficient number of endpoints {counts}");
        if (DesiredByZone(shares, ready.Length) is not { } desired)
            return Impossible($"Unable to allocate minimum required endpoints to each zone without exceeding overload threshold {counts}");
        if (ready.Any(endpoint => endpoint.Zone is null))
            return Impossible("One or more endpoints do not have a zone specified");
        return new HintAllocation("Topology Aware Hints has been enabled", true) { _zones = Lend(ready, desired) };
    }

    private static HintAllocation Impossible(string message) => new(message, false);

    // Null where already the least that each zone needs, each rounded up, is more than there are.
    private static SortedDictionary<string, double>? DesiredByZone(ZoneShares shares, int ready)
    {
        SortedDictionary<string, double> desired = new(StringComparer.Ordinal);
        int left = ready;
        foreach ((string zone, double share) in shares.Zones)
        {
            double exact = share * ready;
            int least = (int)Math.Ceiling(exact * (1 / (1 + OverloadThreshold)));
            desired.Add(zone, Math.Max(exact, least));
            left -= least;
        }
        return left < 0 ? null : desired;
    }

    private static ImmutableArray<string> Lend(Endpoint[] ready, SortedDictionary<string, double> desired)
    {
        SortedDictionary<string, int> allocated = new(StringComparer.Ordinal);
        foreach (Endpoint endpoint in ready)
            allocated[endpoint.Zone!] = allocated.GetValueOrDefault(endpoint.Zone!) + 1;
        (SortedDictionary<string, int> giving, SortedDictionary<string, int> receiving) = GivingAndReceiving(desired, allocated);
        ImmutableArray<string>.Builder zones = ImmutableArray.CreateBuilder<string>(ready.Length);
        foreach (Endpoint endpoint in ready)
        {
            string zone = endpoint.Zone!;
            if (receiving.Count > 0 && TakeOne(giving, zone))
                TakeOne(receiving, zone = receiving.First().Key);
            zones.Add(zone);
        }
        return zones.MoveToImmutable();
    }

    /// <summary>How many endpoints each zone gives to others, and gets (getGivingAndReceivingZones).</summary>
    internal static (SortedDictionary<string, int> Giving, SortedDictionary<string, int> Receiving) GivingAndReceiving(
        SortedDictionary<string, double> desired, SortedDictionary<string, int> allocated)
    {
        SortedDictionary<string, double> surplus = new(StringComparer.Ordinal);
        SortedDictionary<string, double> need = new(StringComparer.Ordinal);
        foreach ((string zone, double target) in desired)
        {
            int present = allocated.GetValueOrDefault(zone);
            if (present > target)
                surplus.Add(zone, present - target);
            else if (present < target)
                need.Add(zone, target - present);
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
