using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>What a rollout does to requests while it happens.</summary>
internal sealed class RolloutTests
{
    private const string PreStop = "lifecycle: {preStop: {sleep: {seconds: 5}}}";

    [Test]
    public void A_rollout_replaces_every_pod_and_loses_nothing_where_pods_wait_for_the_rules()
    {
        WorkloadResult calls = Run(Deployment("", PreStop));

        Assert.That(calls.Failed.Total, Is.Zero);
        // Four old pods until 10 s, four new ones from about 16 s on: names of old pods and new ones differ by the hash of their template.
        string[] hashes = [.. calls.Backends.Select(backend => backend.Pod.Split('-')[1]).Distinct()];
        Assert.That(hashes, Has.Length.EqualTo(2));
        Assert.That(calls.Backends, Has.Length.EqualTo(8));
    }

    [Test]
    public void A_rollout_without_preStop_loses_requests_until_the_last_node_knows() =>
        Assert.That(Run(Deployment("", "stdin: false")).Failed.Total, Is.InRange(100, 4_000));

    [Test]
    public void Recreate_leaves_the_Service_without_pods_until_the_new_ones_are_ready()
    {
        // The old pods end within a second after their SIGTERM at 10 s; the new ones need 2 s to start.
        long failed = Run(Deployment("strategy: {type: Recreate}", "stdin: false")).Failed.Total;

        Assert.That(failed / 1000.0, Is.EqualTo(2.8).Within(0.5), "seconds without an answer");
    }

    [TestCase(0, ExpectedResult = true)]
    [TestCase(10, ExpectedResult = false)]
    public bool A_pod_must_be_ready_for_minReadySeconds_before_the_rollout_goes_on(int seconds)
    {
        WorkloadResult calls = Run(Deployment($"minReadySeconds: {seconds}", PreStop, "{maxSurge: 1, maxUnavailable: 0}"));

        // One pod at a time: 2 s to start and minReadySeconds each, so that 20 s are enough for all four or for one of them.
        return calls.Backends.Length == 8;
    }

    [Test]
    public void A_StatefulSet_replaces_one_pod_at_a_time_from_the_highest_ordinal()
    {
        string web = Deployment("serviceName: web", PreStop).Replace("kind: Deployment", "kind: StatefulSet", StringComparison.Ordinal)
            .Replace("strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}", "updateStrategy: {rollingUpdate: {partition: 2}}", StringComparison.Ordinal);
        WorkloadResult calls = Run(web, "statefulSet");

        Assert.That(calls.Failed.Total, Is.Zero);
        long[] requests = [.. calls.Backends.OrderBy(backend => backend.Pod, StringComparer.Ordinal).Select(backend => backend.Requests)];
        Assert.That(requests, Has.Length.EqualTo(4));
        // Ordinals 0 and 1 stay; 2 and 3 are away for 5 s of preStop, half a second and 2 s of start-up each.
        Assert.That(requests[2..].Max(), Is.LessThan(requests[..2].Min()));
    }

    [TestCase("{deployment: web, namespace: nowhere}", "There is no Deployment nowhere/web in the files")]
    [TestCase("{deployment: wev}", "There is no Deployment wev in the files")]
    [TestCase("{replicaSet: web}", "exactly one deployment, statefulSet or daemonSet")]
    public void What_cannot_be_rolled_out_is_said(string target, string message) =>
        Assert.That(GivenScenario.ProblemsOf(Deployment("", PreStop), Scenario($"- {{at: 10s, rollout: {target}}}")).Select(problem => problem.Message),
            Has.Some.Contains(message));

    [TestCase("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}", "cannot both be 0")]
    [TestCase("strategy: {rollingUpdate: {maxSurge: many}}", "neither a number of pods nor a percentage")]
    [TestCase("strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}", "has no rollingUpdate")]
    public void A_strategy_that_the_API_server_refuses_is_refused(string strategy, string message) =>
        Assert.That(GivenScenario.ProblemsOf(Deployment(strategy, PreStop, null), Scenario("- {at: 10s, rollout: {deployment: web}}")).Select(problem => problem.Message),
            Has.Some.Contains(message));

    private static string Deployment(string more, string container, string? rolling = "{maxSurge: 25%, maxUnavailable: 25%}") =>
        GivenScenario.Web(4)
            .Replace("image: web,", $"image: web, {container},", StringComparison.Ordinal)
            .Replace("replicas: 4", string.Join("\n  ", Lines(more, rolling)), StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string more, string? rolling)
    {
        yield return "replicas: 4";
        if (more.Length > 0)
            yield return more;
        if (rolling is not null && !more.Contains("strategy", StringComparison.Ordinal))
            yield return "strategy: {rollingUpdate: " + rolling + "}";
    }

    private static string Scenario(string timeline) => $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: rolling}
        spec:
          cluster: {nodes: 4}
          workloads:
          - {name: calls, from: nodes, to: http://web.shop/, arrivals: {constant: {rate: 1000/s} }, timeout: 1s}
          timeline:
          {{timeline}}
          run: {duration: 30s, warmup: 0s, replications: 1, seed: 7}
        """;

    private static WorkloadResult Run(string web, string kind = "deployment")
    {
        SimulationOutcome outcome = Simulator.Run(
            GivenScenario.Prepare(web, GivenScenario.Service("web"), Scenario($"- {{at: 10s, rollout: {{{kind}: web}}}}")), new SimulationOptions());
        return RunSummary.Combine(outcome.Run, outcome.Replications).Workloads[0];
    }
}
