using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>Whether the 95% intervals of results.json hold what they promise: a scenario that is an M/M/1 queue, under 200 seeds.</summary>
internal sealed class IntervalCoverageTests
{
    private const int Seeds = 200;

    // λ = 70/s, μ = 100/s: 1 / (μ - λ) in the system.
    private const double TheoreticalMs = 1_000.0 / (100 - 70);

    // On one node, without latency: hooks and rules of a node add some microseconds to it.
    private const double OverheadMs = 0.01;

    private const string Scenario = """
        {apiVersion: v1, kind: Pod, metadata: {name: one, labels: {app: one}}, spec: {containers: [{name: one}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: one, labels: {app: one}}, spec: {selector: {app: one}, ports: [{port: 80}]}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: m-m-1}
        spec:
          cluster: {nodes: 1}
          network: {sameNode: {latency: 0}}
          workloads: [{name: calls, from: nodes, to: {services: {selector: {app: one}}}, arrivals: {poisson: {rate: 70/s}}}]
          backends: [{selector: {app: one}, serviceTime: {exponential: 10ms}, concurrency: 1}]
          run: {duration: 60s, warmup: 6s, replications: 10}
        """;

    [Test]
    public void Under_200_seeds_the_interval_of_the_mean_holds_the_theoretical_one_in_nineteen_of_twenty_cases()
    {
        PreparedScenario prepared = Prepare();
        WorkloadResult[] results = [.. Enumerable.Range(1, Seeds).Select(seed => Run(prepared, (ulong)seed))];

        int held = results.Count(result => result.LatencyIntervalsMs!.Mean[0] <= TheoreticalMs + OverheadMs && TheoreticalMs <= result.LatencyIntervalsMs.Mean[1]);

        Assert.That(held, Is.InRange(0.90 * Seeds, 0.99 * Seeds));
        Assert.That(results.Average(result => result.LatencyMs!.Mean), Is.EqualTo(TheoreticalMs).Within(1).Percent);
    }

    private static WorkloadResult Run(PreparedScenario prepared, ulong seed)
    {
        PreparedScenario seeded = prepared with { Scenario = prepared.Scenario with { Run = prepared.Scenario.Run with { Seed = seed } } };
        return Experiment.Replicate(seeded, Environment.ProcessorCount, null, CancellationToken.None).Results.Workloads[0];
    }

    private static PreparedScenario Prepare()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Scenario);
        try
        {
            ScenarioReading reading = ScenarioReader.Read([file], null);
            Assert.That(reading.Scenario, Is.Not.Null, string.Join("; ", reading.Problems));
            return Preparation.Of(reading.Scenario!, ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster).Cluster).Prepared!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
