namespace KubeNetSim.Analysis.Sweeps;

/// <summary>A column of a sweep's table: what one replication measured of one workload.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Meaning">What it says, with its unit.</param>
/// <param name="Of">Reads it; NaN where it is not defined.</param>
public sealed record SweepMetric(string Name, string Meaning, Func<SweepSample, double> Of)
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
        new("requests", "requests measured", sample => sample.Record.Requests),
        new("succeeded", "requests that got their answer", sample => sample.Record.Succeeded),
        new("failed", "requests that did not", sample => sample.Record.Failed.Total),
        new("stable", "1, or 0 where a pod or node is offered more than it can do; then there are no latencies", sample => sample.IsStable ? 1 : 0),
        new("mean_ms", "mean latency [ms]", sample => Latency(sample, record => PerSuccess(record, record.LatencySumNs))),
        new("p50_ms", "median latency [ms]", sample => Latency(sample, record => At(record, 50))),
        new("p90_ms", "90th percentile of latency [ms]", sample => Latency(sample, record => At(record, 90))),
        new("p99_ms", "99th percentile of latency [ms]", sample => Latency(sample, record => At(record, 99))),
        new("p999_ms", "99.9th percentile of latency [ms]", sample => Latency(sample, record => At(record, 99.9))),
        new("max_ms", "largest latency [ms]", sample => Latency(sample, record => At(record, 100))),
        new("dns_ms", "mean time on names [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Dns))),
        new("connect_ms", "mean time on handshakes [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Connect))),
        new("load_balancer_ms", "mean time in load balancers [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.LoadBalancer))),
        new("rules_ms", "mean time on rules [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Rules))),
        new("network_ms", "mean time on the network [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Network))),
        new("queue_ms", "mean time in the backend's queue [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Queue))),
        new("service_ms", "mean time at work [ms]", sample => Latency(sample, record => PerSuccess(record, record.StageSumsNs.Service))),
        new("hops", "mean number of hops", sample => Share(sample.Record, sample.Record.Hops)),
        new("cross_node_share", "share of requests that crossed nodes", sample => Share(sample.Record, sample.Record.CrossedNodes)),
        new("cross_zone_share", "share of requests that crossed zones", sample => Share(sample.Record, sample.Record.CrossedZones)),
        new("client_ip_kept_share", "share of requests whose backend saw the client's address", sample => Share(sample.Record, sample.Record.ClientAddressKept)),
        new("connections", "connections opened", sample => sample.Record.Connections),
        new("rules_per_connection", "mean number of rules that a connection meets", sample => sample.Record.Connections == 0 ? double.NaN : (double)sample.Record.RulesEvaluated / sample.Record.Connections),
        new("cross_zone_bytes", "bytes across zones", sample => sample.Record.CrossZoneBytes),
        new("internet_egress_bytes", "bytes to the internet", sample => sample.Record.InternetEgressBytes),
        new("load_balancer_bytes", "bytes through load balancers", sample => sample.Record.LoadBalancerBytes),
        new("hottest_backend_share", "share of the busiest backend", sample => Skew.BusiestShare(sample.Record)),
        new("idle_backends", "backends without any request", sample => Skew.IdleBackends(sample.Record)),
        new("monthly_cost", "network bill of the whole cluster for a month", sample => sample.MonthlyCost),
    ];

    private static double Latency(SweepSample sample, Func<WorkloadRecord, double> of) => sample.IsStable ? of(sample.Record) : double.NaN;

    private static double PerSuccess(WorkloadRecord record, Int128 sumNs) => record.Succeeded == 0 ? double.NaN : (double)sumNs / record.Succeeded / NsPerMs;

    private static double Share(WorkloadRecord record, long count) => record.Succeeded == 0 ? double.NaN : (double)count / record.Succeeded;

    private static double At(WorkloadRecord record, double percentile) =>
        record.Succeeded == 0 ? double.NaN : record.LatencyNs.GetValueAtPercentile(percentile) / NsPerMs;
}
