using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Backends that a client could have reached and did not.</summary>
internal sealed class PossibleBackendsTests
{
    [TestCase(20, "20.0")]
    [TestCase(250, "250", Description = "too many to list those that got nothing")]
    public void A_pod_that_one_kept_connection_leads_to_has_as_many_times_its_share_as_there_are_pods(int pods, string times)
    {
        RunResults results = Run(pods, "connections: {reuse: http2}");

        Assert.That(results.Workloads[0].Backends.Length + results.Workloads[0].UnlistedBackends, Is.EqualTo(pods));
        Assert.That(Text(results), Does.Contain($"hot: {times} x even").And.Contain("all requests of a kept one go to the same"));
    }

    [Test]
    public void New_connections_of_the_same_client_make_no_pod_hot() =>
        Assert.That(Text(Run(250, "connections: {reuse: none}")), Does.Not.Contain("x even").And.Not.Match("(?m) idle$"));

    [Test]
    public void Session_affinity_makes_the_pod_of_a_single_client_hot_though_every_connection_is_new() =>
        Assert.That(Text(Run(4, "connections: {reuse: none}", "sessionAffinity: ClientIP")), Does.Contain("hot: 4.00 x even").And.Contain("idle").And.Not.Contain("kept one"));

    [Test]
    public void One_client_with_affinity_loads_one_pod_in_each_replication_though_the_sums_look_more_even()
    {
        RunResults results = Run(3, "connections: {reuse: none}", "sessionAffinity: ClientIP", replications: 10);
        SkewResult skew = results.Workloads[0].Skew!;

        Assert.That(results.Workloads[0].Backends.Select(backend => backend.Requests), Has.All.LessThan(results.Workloads[0].Succeeded), "the replications choose different pods");
        Assert.That(skew.BusiestShare, Is.EqualTo(1));
        Assert.That(skew.BusiestShareRange, Is.EqualTo((double[])[1, 1]));
        Assert.That(skew.IdleBackendsRange, Is.EqualTo((double[])[2, 2]));
        Assert.That(skew.BusiestShareByReplication, Has.Length.EqualTo(10).And.All.EqualTo(1));
        Assert.That(Text(results), Does.Match(@"(?m)^all +3 +100% +100% +100% +2 +33%$").And.Contain("answers 100% of the requests").And.Not.Contain("x even"));
    }

    [Test]
    public void Even_loads_need_no_table_of_their_skew() =>
        Assert.That(Text(Run(3, "connections: {reuse: none}", replications: 3)), Does.Not.Contain("SKEW OF"));

    [Test]
    public void A_pod_that_comes_during_the_run_and_gets_nothing_is_listed_with_the_time_that_it_existed()
    {
        WorkloadResult calls = Run(2, "connections: {reuse: http2}", more: "timeline: [{at: 6s, scale: {deployment: web, replicas: 4}}]").Workloads[0];

        Assert.That(calls.Backends, Has.Length.EqualTo(4));
        Assert.That(calls.Backends.Select(backend => backend.PresentShare!.Value).Order().Take(2), Has.All.InRange(0.15, 0.45), "from 6 s and a start-up on, of 1 s to 10 s");
        Assert.That(calls.Backends.Select(backend => backend.PresentShare!.Value).Order().Skip(2), Has.All.EqualTo(1));
        Assert.That(calls.Backends.Where(backend => backend.PresentShare < 1).Select(backend => backend.Requests), Has.All.Zero);
        Assert.That(calls.Backends.Sum(backend => backend.EvenShare), Is.EqualTo(1).Within(1e-9));
        Assert.That(calls.Skew!.IdleBackends, Is.EqualTo(3));
    }

    [Test]
    public void The_even_share_of_a_pod_counts_the_time_that_it_existed() => Assert.That(
        Text(Run(2, "connections: {reuse: none}", more: "timeline: [{at: 2s, scale: {deployment: web, replicas: 4}}]")),
        Does.Not.Contain("x even").And.Not.Match("(?m) idle$"), "new connections spread evenly over the pods that there are");

    [Test]
    public void Only_workloads_whose_requests_meet_an_unstable_pod_lose_their_steady_state()
    {
        RunResults results = RunOf(
            GivenScenario.Web(8), GivenScenario.Service("web", "internalTrafficPolicy: Local"), """
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: local}
            spec:
              cluster: {nodes: 2}
              workloads:
              - {name: heavy, from: {node: node-1}, to: "http://web.shop/", arrivals: {poisson: {rate: 600/s} } }
              - {name: light, from: {node: node-2}, to: "http://web.shop/", arrivals: {poisson: {rate: 100/s} } }
              backends: [{selector: {app: web}, serviceTime: {exponential: 10ms}, concurrency: 1}]
              run: {duration: 20s, warmup: 2s, replications: 2, seed: 3}
            """);

        Assert.That(results.Unstable.SelectMany(station => station.Workloads).Distinct(), Is.EqualTo((string[])["heavy"]));
        Assert.That(results.Workloads.Select(workload => workload.LatencyMs is not null), Is.EqualTo((bool[])[false, true]));
    }

    private static string Text(RunResults results)
    {
        var writer = new StringWriter();
        RunReport.Write(writer, results);
        return writer.ToString();
    }

    private static RunResults RunOf(params string[] documents)
    {
        SimulationOutcome outcome = Simulator.Run(GivenScenario.Prepare(documents), new SimulationOptions());
        return RunSummary.Combine(outcome.Run, outcome.Replications);
    }

    private static RunResults Run(int pods, string connections, string service = "type: ClusterIP", int replications = 1, string more = "") =>
        RunOf(GivenScenario.Web(pods), GivenScenario.Service("web", service), $$"""
                apiVersion: v1
                kind: Pod
                metadata: {name: caller, namespace: shop, labels: {app: caller} }
                spec: {containers: [{name: c, image: c}]}
                ---
                apiVersion: kubenetsim.io/v1alpha1
                kind: Scenario
                metadata: {name: few}
                spec:
                  cluster: {nodes: 5}
                  workloads: [{name: all, from: {pods: {namespace: shop, selector: {app: caller} } }, to: "http://web.shop/", {{connections}}, arrivals: {poisson: {rate: 200/s} } }]
                  run: {duration: 10s, warmup: 1s, replications: {{replications}}, seed: 3}
                  {{more}}
                """);
}
