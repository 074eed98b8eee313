using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Results;

/// <summary>What a month would cost.</summary>
/// <param name="Currency">Currency, for example USD.</param>
/// <param name="Monthly">Sum of the items.</param>
/// <param name="Items">What it is made of.</param>
/// <param name="PriceSheet">Name of the price sheet.</param>
/// <param name="AsOf">Day of its prices, as YYYY-MM-DD.</param>
/// <param name="MonthlyByReplication">What a month would cost by each replication alone: independent samples, to compare runs by; null where not kept.</param>
public sealed record CostResult(
    string Currency, double Monthly, ImmutableArray<CostItem> Items, string PriceSheet, string AsOf, ImmutableArray<double>? MonthlyByReplication = null);

/// <summary>One line of a bill.</summary>
/// <param name="What">What is paid for.</param>
/// <param name="Quantity">How much of it a month.</param>
/// <param name="Unit">In which unit.</param>
/// <param name="UnitPrice">Price of a unit.</param>
/// <param name="Monthly">Price a month.</param>
public sealed record CostItem(string What, double Quantity, string Unit, double UnitPrice, double Monthly);
