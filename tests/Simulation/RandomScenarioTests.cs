using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Laws that every run obeys, in random scenarios: what is counted adds up, and threads change nothing.</summary>
internal sealed class RandomScenarioTests
{
    private const int Scenarios = 300;

    [Test]
    public void What_random_scenarios_count_adds_up_and_is_the_same_on_any_number_of_threads()
    {
        long succeeded = 0;
        FailureCounts failed = new(0, 0, 0, 0, 0);
        for (int seed = 0; seed < Scenarios; seed++)
        {
            string[] documents = RandomScenario.Documents(seed);
            string text = string.Join("\n---\n", documents);
            SimulationOutcome outcome = Run(documents, threads: 1);
            RunResults results = RunSummary.Combine(outcome.Run, outcome.Replications);
            string json = RunResultsFile.ToJson(results);

            SimulationOutcome again = Run(documents, threads: 4);
            Assert.That(RunResultsFile.ToJson(RunSummary.Combine(again.Run, again.Replications)), Is.EqualTo(json), text);
            Assert.That(json, Does.Not.Contain("NaN").And.Not.Contain("Infinity"), text);
            foreach (WorkloadResult workload in results.Workloads)
                CheckResult(workload, text);
            foreach (WorkloadRecord workload in outcome.Replications.SelectMany(replication => replication.Workloads))
            {
                CheckRecord(workload, text);
                succeeded += workload.Succeeded;
                failed = Sum(failed, workload.Failed);
            }
        }
        Assert.That(succeeded, Is.GreaterThan(10_000), "the scenarios exercise what is checked");
        Assert.That(new[] { failed.Refused, failed.TimedOut, failed.Overflowed, failed.Unresolved }, Has.All.GreaterThan(0));
    }

    private static FailureCounts Sum(FailureCounts one, FailureCounts other) => new(
        one.Refused + other.Refused, one.Dropped + other.Dropped, one.TimedOut + other.TimedOut,
        one.Overflowed + other.Overflowed, one.Unresolved + other.Unresolved);

    private static SimulationOutcome Run(string[] documents, int threads) =>
        Simulator.Run(GivenScenario.Prepare(documents), new SimulationOptions { Threads = threads });

    private static void CheckResult(WorkloadResult workload, string text)
    {
        Assert.That(workload.Requests, Is.EqualTo(workload.Succeeded + workload.Failed.Total), text);
        foreach (double share in workload.HopShares.Append(workload.CrossNodeShare).Append(workload.CrossZoneShare))
            Assert.That(share, Is.InRange(0.0, 1.0), text);
        if (workload.Succeeded > 0)
            Assert.That(workload.HopShares.Sum(), Is.EqualTo(1).Within(1e-9), text);
        if (workload is { LatencyMs: { } latency, BreakdownMs: { } part })
        {
            double sum = part.Dns + part.Connect + part.LoadBalancer + part.Rules + part.Network + part.Queue + part.Service;
            Assert.That(sum, Is.EqualTo(latency.Mean).Within(1e-6).Percent.Or.EqualTo(latency.Mean).Within(1e-9), text);
            Assert.That(new[] { latency.P50, latency.P90, latency.P99, latency.P999, latency.Max }, Is.Ordered, text);
        }
    }

    private static void CheckRecord(WorkloadRecord workload, string text)
    {
        Assert.That(workload.Requests, Is.EqualTo(workload.Succeeded + workload.Failed.Total), text);
        Assert.That(workload.StageSumsNs.Total, Is.EqualTo(workload.LatencySumNs), text);
        // The backends' shares of a replication sum to 1.
        Assert.That(workload.Backends.Sum(backend => backend.Requests), Is.EqualTo(workload.Succeeded), text);
        Assert.That(workload.RequestsByHops.Sum(), Is.EqualTo(workload.Succeeded), text);
        Assert.That(workload.CrossedNodes, Is.InRange(0, workload.Succeeded), text);
        Assert.That(workload.ClientAddressKept, Is.InRange(0, workload.Succeeded), text);
    }
}
