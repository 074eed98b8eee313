using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
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

    private static string Text(RunResults results)
    {
        var writer = new StringWriter();
        RunReport.Write(writer, results);
        return writer.ToString();
    }

    private static RunResults Run(int pods, string connections, string service = "type: ClusterIP")
    {
        SimulationOutcome outcome = Simulator.Run(
            GivenScenario.Prepare(GivenScenario.Web(pods), GivenScenario.Service("web", service), $$"""
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
                  run: {duration: 10s, warmup: 1s, replications: 1, seed: 3}
                """), new SimulationOptions());
        return RunSummary.Combine(outcome.Run, outcome.Replications);
    }
}
