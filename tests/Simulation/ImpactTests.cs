using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Each request that an event of the timeline costs is ascribed to it, with the cause.</summary>
internal sealed class ImpactTests
{
    private const string ToWeb = "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {poisson: {rate: 1000/s} }, timeout: 1s}";
    private const string Rollout = "- {at: 10s, rollout: {deployment: web}}";

    [Test]
    public void Requests_that_old_rules_sent_to_ending_pods_are_ascribed_to_them()
    {
        RunResults results = Run(ToWeb, Rollout, GivenScenario.Web(4));

        ImpactResult impact = results.Impact.Single();
        Assert.That(impact.Event, Is.EqualTo("rollout of web"));
        Assert.That(impact.Failed * results.Replications, Is.EqualTo(results.Workloads[0].Failed.Total).And.GreaterThan(100));
        Assert.That(impact.ByKind.Refused * results.Replications, Is.EqualTo(results.Workloads[0].Failed.Refused));
        Assert.That(impact.Causes.Single().Cause, Is.EqualTo("nodes had old rules"));
        // The EndpointSlice takes 0.1 s, the watch and the rules some 0.1 s, and a node waits up to minSyncPeriod, 1 s.
        Assert.That(impact.Causes.Single().Seconds, Is.InRange(0.1, 1.5));
        Assert.That(impact.FailedCI95!.Value[0], Is.LessThan(impact.Failed));
    }

    [Test]
    public void Requests_without_any_ready_endpoint_are_ascribed_to_that()
    {
        string web = GivenScenario.Web(4).Replace("replicas: 4", "replicas: 4\n  strategy: {type: Recreate}", StringComparison.Ordinal);

        ImpactResult impact = Run(ToWeb, Rollout, web).Impact.Single();

        Assert.That(impact.Causes.Select(cause => cause.Cause), Is.EqualTo((string[])["no endpoint was ready", "nodes had old rules"]));
        // The new pods need 2 s, and can start only half a second after the old ones have ended.
        Assert.That(impact.RecoverySeconds, Is.InRange(2.5, 4));
    }

    [Test]
    public void Requests_that_a_kill_cut_off_are_ascribed_to_the_grace_period()
    {
        string web = GivenScenario.Web(3).Replace("spec: {containers", "spec: {terminationGracePeriodSeconds: 1, containers", StringComparison.Ordinal);

        RunResults results = Run(
            "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {poisson: {rate: 100/s} } }", Rollout, web, "backends: [{namespace: shop, serviceTime: 5s, concurrency: 2000}]");

        Assert.That(results.Impact.Single().Causes.First().Cause, Is.EqualTo("pods were killed before they answered"));
    }

    [Test]
    public void Requests_to_an_address_that_a_DNS_cache_still_has_are_ascribed_to_it()
    {
        RunResults results = Run(ToWeb.Replace("web.shop/", "direct.shop:8080/", StringComparison.Ordinal), Rollout, GivenScenario.Web(4), "network: {dnsTtl: 5s}",
            GivenScenario.Service("direct", "clusterIP: None"));

        Assert.That(results.Impact.Single().Causes.Single().Cause, Is.EqualTo("clients had an old address"));
        Assert.That(results.Impact.Single().Failed * results.Replications, Is.EqualTo(results.Workloads[0].Failed.Total).And.GreaterThan(100));
    }

    [Test]
    public void Requests_that_a_load_balancer_sent_to_ending_pods_are_ascribed_to_it()
    {
        const string Public = "- {name: calls, from: internet, to: http://public.shop/, arrivals: {poisson: {rate: 1000/s} }, timeout: 1s}";
        RunResults results = Run(Public, Rollout, GivenScenario.Web(4), "", GivenScenario.Service(
            "public", "type: LoadBalancer").Replace("metadata: {", "metadata: {annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip}, ", StringComparison.Ordinal));

        ImpactResult impact = results.Impact.Single();
        Assert.That(impact.Causes.Single().Cause, Is.EqualTo("a load balancer had not noticed"));
        Assert.That(impact.Failed * results.Replications, Is.EqualTo(results.Workloads[0].Failed.Total).And.GreaterThan(1_000));
    }

    [Test]
    public void Each_of_two_rollouts_at_one_time_is_blamed_for_its_own_pods()
    {
        string patient = GivenScenario.Web(4).Replace("web", "patient", StringComparison.Ordinal)
            .Replace("image: patient,", "image: patient, lifecycle: {preStop: {sleep: {seconds: 5}}},", StringComparison.Ordinal);

        RunResults results = Run(ToWeb, "- {at: 10s, rollout: {deployment: patient}}\n  " + Rollout, GivenScenario.Web(4), "", patient);

        Assert.That(results.Impact.Single(impact => impact.Event == "rollout of patient").Failed, Is.Zero);
        Assert.That(results.Impact.Single(impact => impact.Event == "rollout of web").Failed * results.Replications, Is.EqualTo(results.Workloads[0].Failed.Total).And.GreaterThan(100));
    }

    [Test]
    public void An_event_that_costs_nothing_says_so()
    {
        ImpactResult impact = Run(ToWeb, "- {at: 10s, scale: {deployment: web, replicas: 6}}", GivenScenario.Web(4)).Impact.Single();

        Assert.That((impact.Failed, impact.Causes.Length, impact.RecoverySeconds), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void A_run_without_a_timeline_has_no_impact() => Assert.That(Run(ToWeb, "[]", GivenScenario.Web(1)).Impact, Is.Empty);

    private static RunResults Run(string workload, string timeline, string web, string more = "", params string[] documents)
    {
        string scenario = $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: impact}
            spec:
              cluster: {nodes: 4, cloud: aws}
              workloads:
              {{workload}}
              timeline: {{(timeline == "[]" ? timeline : "\n  " + timeline)}}
              {{more}}
              run: {duration: 30s, warmup: 0s, replications: 3, seed: 7}
            """;
        SimulationOutcome outcome = Simulator.Run(GivenScenario.Prepare([web, GivenScenario.Service("web"), .. documents, scenario]), new SimulationOptions());
        return RunSummary.Combine(outcome.Run, outcome.Replications);
    }
}
