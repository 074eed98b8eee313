using System.Collections.Immutable;
using System.Text.Json.Serialization;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>What one point of a sweep measured: a row for each workload and replication.</summary>
/// <param name="Rows">The rows.</param>
public sealed record SweepPointResult(ImmutableArray<SweepRow> Rows)
{
    /// <summary>Makes the rows of a run.</summary>
    public static SweepPointResult Of(ImmutableArray<ReplicationRecord> replications) => new(
    [
        .. from record in replications
           from workload in record.Workloads
           select new SweepRow(workload.Name, record.Replication, [.. SweepMetric.All.Select(metric => metric.Of(workload))]),
    ]);
}

/// <summary>One workload in one replication.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Replication">Number of the replication.</param>
/// <param name="Values">Values of <see cref="SweepMetric.All"/>, in its order.</param>
public sealed record SweepRow(string Workload, int Replication, ImmutableArray<double> Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SweepPointResult))]
internal sealed partial class SweepContext : JsonSerializerContext;
