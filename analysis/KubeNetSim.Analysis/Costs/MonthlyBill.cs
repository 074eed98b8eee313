using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Costs;

/// <summary>
/// What the simulated traffic would cost if it went on for a month of 730 hours. Only what was simulated is charged: load balancers that
/// were set up, and bytes and connections that were measured, scaled by time.
/// </summary>
public static class MonthlyBill
{
    /// <summary>Hours of an average month, as the clouds' own calculators count them: 365 x 24 / 12.</summary>
    public const double HoursPerMonth = 730;

    private const double SecondsPerHour = 3_600;

    /// <summary>Makes out the bill; what costs nothing is not listed, but for traffic that is free up to an amount.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="sheet">At which prices.</param>
    public static CostResult Of(RunResults results, PriceSheet sheet)
    {
        double hours = results.Replications * (results.SimulatedSeconds - results.WarmupSeconds) / SecondsPerHour;
        double perMonth = hours > 0 ? HoursPerMonth / hours / sheet.BytesPerGigabyte : 0;
        string unit = sheet.BytesPerGigabyte == 1e9 ? "GB" : "GiB";
        var items = ImmutableArray.CreateBuilder<CostItem>();
        AddLoadBalancers(items, results, sheet.LoadBalancer);
        if (sheet.Capacity is { } capacity && hours > 0)
            Add(items, "load balancer capacity", CapacityUnits(results, sheet, capacity, hours) * HoursPerMonth, $"{capacity.Unit}-hour", capacity.UnitHour);
        Add(items, "traffic through load balancers", perMonth * results.Workloads.Sum(workload => workload.LoadBalancerBytes), unit, sheet.ProcessedGigabyte);
        double crossZone = perMonth * results.Workloads.Sum(workload => workload.CrossZoneBytes);
        Add(items, "traffic between zones, sent", crossZone, unit, sheet.CrossZoneSent);
        Add(items, "traffic between zones, received", crossZone, unit, sheet.CrossZoneReceived);
        AddTiers(items, "traffic to the internet", perMonth * results.Workloads.Sum(workload => workload.InternetEgressBytes), unit, sheet.InternetEgress);
        return new CostResult(sheet.Currency, items.Sum(item => item.Monthly), items.ToImmutable(), $"{sheet.Name}, {sheet.Region}", sheet.AsOf);
    }

    /// <summary>Makes out the bill, and what it would be by each replication alone.</summary>
    /// <param name="results">What was measured.</param>
    /// <param name="replications">What each replication measured.</param>
    /// <param name="sheet">At which prices.</param>
    public static CostResult Of(RunResults results, ImmutableArray<ReplicationRecord> replications, PriceSheet sheet) =>
        Of(results, sheet) with { MonthlyByReplication = [.. replications.OrderBy(record => record.Replication).Select(record => OfOne(results, record, sheet))] };

    /// <summary>What a month would cost by one replication alone.</summary>
    internal static double OfOne(RunResults results, ReplicationRecord record, PriceSheet sheet) =>
        Of(results with
        {
            Replications = 1,
            Workloads =
            [
                .. results.Workloads.Zip(record.Workloads, (workload, alone) => workload with
                {
                    LoadBalancerBytes = alone.LoadBalancerBytes,
                    CrossZoneBytes = alone.CrossZoneBytes,
                    InternetEgressBytes = alone.InternetEgressBytes,
                    Connections = alone.Connections,
                }),
            ],
        }, sheet).Monthly;

    // What one load balancer for all stands against one for each is to be seen; a price for the first few together cannot be divided.
    private static void AddLoadBalancers(ImmutableArray<CostItem>.Builder items, RunResults results, LoadBalancerPrice price)
    {
        int shared = results.RouterLoadBalancers;
        int own = results.LoadBalancers - shared;
        if (price.Together > 0)
        {
            if (results.LoadBalancers > 0)
                Add(items, $"load balancers, the first {price.Together} together", HoursPerMonth, "hour", price.FirstHour);
            Add(items, "further load balancers", Math.Max(0, results.LoadBalancers - price.Together) * HoursPerMonth, "hour", price.FurtherHour);
        }
        else
        {
            Add(items, shared == 0 ? "load balancers" : $"load balancers, {own} Service{(own == 1 ? "" : "s")}", own * HoursPerMonth, "hour", price.FurtherHour);
            Add(items, $"load balancers, {shared} HTTP router{(shared == 1 ? "" : "s")}", shared * HoursPerMonth, "hour", price.FurtherHour);
        }
    }

    // Each workload that goes through a load balancer is taken to have its own; what it needs most of decides.
    private static double CapacityUnits(RunResults results, PriceSheet sheet, CapacityPrice capacity, double hours) =>
        results.Workloads.Where(workload => workload.LoadBalancerBytes > 0).Sum(workload => Math.Max(
            workload.Connections / (hours * SecondsPerHour) / capacity.NewConnectionsPerSecond,
            workload.LoadBalancerBytes / sheet.BytesPerGigabyte / hours / capacity.GigabytesPerHour));

    private static void AddTiers(ImmutableArray<CostItem>.Builder items, string what, double quantity, string unit, ImmutableArray<PriceTier> tiers)
    {
        double from = 0;
        foreach (PriceTier tier in tiers)
        {
            double within = Math.Min(quantity, tier.UpTo) - from;
            if (within <= 0)
                return;
            string range = tier.UpTo < double.PositiveInfinity ? $", up to {Format.Count(tier.UpTo)} {unit}" : "";
            items.Add(new CostItem(what + range, within, unit, tier.Price, within * tier.Price));
            from = tier.UpTo;
        }
    }

    private static void Add(ImmutableArray<CostItem>.Builder items, string what, double quantity, string unit, double price)
    {
        if (quantity * price > 0)
            items.Add(new CostItem(what, quantity, unit, price, quantity * price));
    }
}
