using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>A column of a sweep's table: what one replication measured of one workload.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Meaning">What it says, with its unit.</param>
/// <param name="Of">Reads it; NaN where it is not defined because no request succeeded.</param>
public sealed record SweepMetric(string Name, string Meaning, Func<WorkloadRecord, double> Of)
{
    private const double NsPerMs = 1e6;

    /// <summary>What it is about, as a title begins: its meaning without the unit.</summary>
    internal string Subject => char.ToUpperInvariant(Meaning[0]) + Meaning[1..].Split(" [")[0];

    /// <summary>What stands above it in a table for people, whose cells have their unit.</summary>
    internal string Heading => (IsTime ? Name[..^3] : Name).ToUpperInvariant();

    /// <summary>A value, with its unit where it is a time.</summary>
    internal string Text(double value) => IsTime ? Format.Duration(value) : Format.Significant(value);

    private bool IsTime => Name.EndsWith("_ms", StringComparison.Ordinal);

    /// <summary>All columns, in the order of the table.</summary>
    public static IReadOnlyList<SweepMetric> All { get; } =
    [
        new("requests", "requests measured", record => record.Requests),
        new("succeeded", "requests that got their answer", record => record.Succeeded),
        new("failed", "requests that did not", record => record.Failed.Total),
        new("mean_ms", "mean latency [ms]", record => PerSuccess(record, record.LatencySumNs)),
        new("p50_ms", "median latency [ms]", record => At(record, 50)),
        new("p90_ms", "90th percentile of latency [ms]", record => At(record, 90)),
        new("p99_ms", "99th percentile of latency [ms]", record => At(record, 99)),
        new("p999_ms", "99.9th percentile of latency [ms]", record => At(record, 99.9)),
        new("max_ms", "largest latency [ms]", record => At(record, 100)),
        new("dns_ms", "mean time on names [ms]", record => PerSuccess(record, record.StageSumsNs.Dns)),
        new("connect_ms", "mean time on handshakes [ms]", record => PerSuccess(record, record.StageSumsNs.Connect)),
        new("load_balancer_ms", "mean time in load balancers [ms]", record => PerSuccess(record, record.StageSumsNs.LoadBalancer)),
        new("rules_ms", "mean time on rules [ms]", record => PerSuccess(record, record.StageSumsNs.Rules)),
        new("network_ms", "mean time on the network [ms]", record => PerSuccess(record, record.StageSumsNs.Network)),
        new("queue_ms", "mean time in the backend's queue [ms]", record => PerSuccess(record, record.StageSumsNs.Queue)),
        new("service_ms", "mean time at work [ms]", record => PerSuccess(record, record.StageSumsNs.Service)),
        new("hops", "mean number of hops", record => Share(record, record.Hops)),
        new("cross_node_share", "share of requests that crossed nodes", record => Share(record, record.CrossedNodes)),
        new("cross_zone_share", "share of requests that crossed zones", record => Share(record, record.CrossedZones)),
        new("client_ip_kept_share", "share of requests whose backend saw the client's address", record => Share(record, record.ClientAddressKept)),
        new("connections", "connections opened", record => record.Connections),
        new("rules_per_connection", "mean number of rules compared for a connection", record => record.Connections == 0 ? double.NaN : (double)record.RulesEvaluated / record.Connections),
        new("cross_zone_bytes", "bytes across zones", record => record.CrossZoneBytes),
        new("internet_egress_bytes", "bytes to the internet", record => record.InternetEgressBytes),
        new("load_balancer_bytes", "bytes through load balancers", record => record.LoadBalancerBytes),
        new("hottest_backend_share", "share of the busiest backend", record => record.Backends.IsEmpty ? double.NaN : Share(record, record.Backends.Max(backend => backend.Requests))),
    ];

    private static double PerSuccess(WorkloadRecord record, Int128 sumNs) => record.Succeeded == 0 ? double.NaN : (double)sumNs / record.Succeeded / NsPerMs;

    private static double Share(WorkloadRecord record, long count) => record.Succeeded == 0 ? double.NaN : (double)count / record.Succeeded;

    private static double At(WorkloadRecord record, double percentile) =>
        record.Succeeded == 0 ? double.NaN : record.LatencyNs.GetValueAtPercentile(percentile) / NsPerMs;
}
