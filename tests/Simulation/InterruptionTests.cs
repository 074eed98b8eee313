using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>A run that is ended early: what it has is a shorter run, and no request is lost.</summary>
internal sealed class InterruptionTests
{
    private const double Rate = 1_000;

    [Test]
    public void What_is_kept_of_a_run_is_a_shorter_run()
    {
        ReplicationRecord cut = Run(keepsCut: true, replications: 1)[0];

        double seconds = cut.SimulatedNs / 1e9;
        Assert.That(seconds, Is.InRange(300, 350), "it was ended after a little more than 300 s of 1,000");
        WorkloadRecord workload = cut.Workloads[0];
        Assert.That(workload.Requests, Is.EqualTo(Rate * (seconds - 10)).Within(4 * Math.Sqrt(Rate * seconds)), "the first 10 s are not measured");
        Assert.That(workload.Failed.Total, Is.Zero, "what was under way when it was ended got its answer");
        Assert.That(cut.Series!.Workloads[0].Succeeded.Sum(), Is.InRange(0.95 * Rate * 300, Rate * seconds * 1.05));
    }

    [Test]
    public void What_is_not_to_be_kept_throws() =>
        Assert.That(() => Run(keepsCut: false, replications: 1), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Replications_that_were_not_begun_are_not_there() => Assert.That(Run(keepsCut: true, replications: 5), Has.Length.EqualTo(1));

    private static ReplicationRecord[] Run(bool keepsCut, int replications)
    {
        using CancellationTokenSource cancellation = new();
        Scenario scenario = GivenScenario.Read(GivenScenario.Web(2), GivenScenario.Service("web"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: cut}
            spec:
              cluster: {nodes: 2}
              workloads: [{name: all, from: nodes, to: http://web.shop/, arrivals: {poisson: {rate: {{Rate}}/s} } }]
              run: {duration: 1000s, warmup: 10s, replications: {{replications}}, seed: 7}
            """);
        EndAt watch = new(0.3 / replications, cancellation);
        SimulationOptions options = new() { Threads = 1, KeepsCut = keepsCut };
        return [.. Simulator.Run(GivenScenario.Prepare(scenario), options, watch, cancellation.Token).Replications];
    }

    private sealed class EndAt(double share, CancellationTokenSource cancellation) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share)
                cancellation.Cancel();
        }
    }
}
