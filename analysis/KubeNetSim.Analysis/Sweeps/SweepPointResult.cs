using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>What one point of a sweep measured: a row for each workload and replication.</summary>
/// <param name="Rows">The rows.</param>
public sealed record SweepPointResult(ImmutableArray<SweepRow> Rows)
{
    /// <summary>Makes the rows of a run.</summary>
    /// <param name="results">What the replications say together.</param>
    /// <param name="replications">What each of them measured.</param>
    /// <param name="prices">What the cloud charges; null where nobody does.</param>
    public static SweepPointResult Of(RunResults results, ImmutableArray<ReplicationRecord> replications, PriceSheet? prices) => new(
    [
        .. from record in replications
           let cost = prices is null ? double.NaN : MonthlyBill.OfOne(results, record, prices)
           from number in Enumerable.Range(0, record.Workloads.Length)
           let isSettled = results.Unstable.All(station => !station.Workloads.Contains(record.Workloads[number].Name))
           let sample = new SweepSample(record.Workloads[number], isSettled, cost)
           select new SweepRow(sample.Record.Name, record.Replication, [.. SweepMetric.All.Select(metric => metric.Of(sample))]),
    ]);
}

/// <summary>What the columns of one row are made of.</summary>
/// <param name="Record">One workload in one replication.</param>
/// <param name="IsStable">Whether every station that it uses can do what it is offered; if not, it has no latency, which would only say how long the run was.</param>
/// <param name="MonthlyCost">What the cloud charges for the whole cluster's network a month; NaN for a cluster whose network nobody charges for.</param>
public sealed record SweepSample(WorkloadRecord Record, bool IsStable, double MonthlyCost);

/// <summary>One workload in one replication.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Replication">Number of the replication.</param>
/// <param name="Values">Values of <see cref="SweepMetric.All"/>, in its order.</param>
public sealed record SweepRow(string Workload, int Replication, ImmutableArray<double> Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SweepPointResult))]
internal sealed partial class SweepContext : JsonSerializerContext;
