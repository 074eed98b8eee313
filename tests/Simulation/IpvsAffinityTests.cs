using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Session affinity in IPVS mode: a template controls the connections of a client (net/netfilter/ipvs).</summary>
internal sealed class IpvsAffinityTests
{
    private const string Calls = "{recorded: {times: [1s, 301s, 601s, 901s, 1201s, 1501s]}}";

    [TestCase("ipvs", true)]
    [TestCase("nftables", false, Description = "A rule remembers when the last connection began, and nothing of open ones.")]
    public void A_template_lives_as_long_as_a_connection_that_it_controls(string mode, bool stays)
    {
        // The client keeps one connection in use, and opens others long after the timeout.
        WorkloadRecord fresh = Run(mode, "{name: kept, from: {pods: {namespace: shop, selector: {app: client}}}, to: \"http://10.96.1.1/\", arrivals: {constant: {rate: 6/m}}, connections: {reuse: keepAlive, idleTimeout: 400s}}", Calls);

        Assert.That(fresh.Succeeded, Is.EqualTo(6));
        Assert.That(fresh.Backends.Count(backend => backend.Requests > 0), stays ? Is.EqualTo(1) : Is.GreaterThan(1));
    }

    // ip_vs_proto_tcp.c: the entry of a closed connection stays for 120 s, so that a shorter timeout does not end the template.
    [TestCase("times: [1s, 100s, 200s, 300s, 400s, 500s]", 1)]
    [TestCase("times: [1s, 300s, 600s, 900s, 1200s, 1500s]", 3)]
    public void The_entry_of_a_closed_connection_keeps_the_template_for_two_minutes(string times, int served) =>
        Assert.That(Run("ipvs", null, $"{{recorded: {{{times}}}}}").Backends.Count(backend => backend.Requests > 0), Is.EqualTo(served));

    [Test]
    public void Connections_that_affinity_chooses_count_for_the_scheduler()
    {
        // Many connections of one client are open at one pod: lc sends the other clients elsewhere.
        SimulationOutcome outcome = Outcome("ipvs, scheduler: lc",
            "{name: kept, from: {pods: {namespace: shop, selector: {app: client}}}, to: \"http://10.96.1.1/\", arrivals: {constant: {rate: 10/s}}, timeout: 500s}",
            "{constant: {rate: 5/s}}", fresh: "{pods: {namespace: shop, selector: {app: other}}}", duration: 10, serviceTime: "100s");
        WorkloadRecord[] workloads = [.. outcome.Replications[0].Workloads];
        string busy = workloads[0].Backends.Single(backend => backend.Requests > 0).Pod;
        string[] others = [.. workloads[1].Backends.Where(backend => backend.Requests > 0).Select(backend => backend.Pod)];

        Assert.That(others, Has.Length.EqualTo(2).And.No.Member(busy));
    }

    private static WorkloadRecord Run(string mode, string? kept, string times) =>
        Outcome(mode, kept, times, "{pods: {namespace: shop, selector: {app: client}}}", 1_600, "5ms").Replications[0].Workloads[^1];

    private static SimulationOutcome Outcome(string mode, string? kept, string times, string fresh, int duration, string serviceTime) =>
        Simulator.Run(GivenScenario.Prepare(GivenScenario.Web(3), GivenScenario.Service("web", "{0}: ClusterIP\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}".Replace("{0}", "type", StringComparison.Ordinal)),
            """
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, spec: {nodeName: node-1, containers: [{name: c, image: c}]}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: other, namespace: shop}, spec: {replicas: 8, selector: {matchLabels: {app: other}}, template: {metadata: {labels: {app: other}}, spec: {containers: [{name: c, image: c}]}}}}
            """,
            $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: affinity}
            spec:
              cluster: {nodes: 1, systemServices: false, kubeProxy: {mode: {{mode}} } }
              workloads:
              {{(kept is null ? "" : "- " + kept)}}
              - {name: fresh, from: {{fresh}}, to: "http://10.96.1.1/", arrivals: {{times}}, timeout: 500s}
              backends: [{selector: {app: web}, serviceTime: {constant: {{serviceTime}} }, concurrency: 1000}]
              run: {duration: {{duration}}s, warmup: 0s, replications: 1}
            """), new SimulationOptions { Threads = 1 });
}
