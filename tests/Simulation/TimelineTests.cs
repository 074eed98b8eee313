using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>What a scenario's timeline changes, and how long it takes until traffic follows.</summary>
internal sealed class TimelineTests
{
    private const string ToWeb = "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {constant: {rate: 1000/s}}, timeout: 1s}";

    [Test]
    public void New_pods_get_their_share_once_they_are_ready_and_every_node_knows()
    {
        // One pod until 10 s, then two: of 1,000 requests/s the new one gets half, from 10 + 2 s (start-up) + some 0.2 s on.
        WorkloadResult calls = Run(GivenScenario.Web(1), Scenario(ToWeb, "20s", "- {at: 10s, scale: {deployment: web, replicas: 2}}")).Workloads[0];

        Assert.That(calls.Failed.Total, Is.Zero);
        Assert.That(calls.Backends, Has.Length.EqualTo(2));
        Assert.That(calls.Backends[1].Requests, Is.EqualTo(500 * (20 - 12.2)).Within(4).Percent);
    }

    [Test]
    public void A_slower_control_plane_delays_the_new_pods()
    {
        WorkloadResult calls = Run(GivenScenario.Web(1), Scenario(
            ToWeb, "20s", "- {at: 10s, scale: {deployment: web, replicas: 2}}", "network: {endpointSliceLatency: 4s, watchLatency: 0}")).Workloads[0];

        Assert.That(calls.Backends[1].Requests, Is.EqualTo(500 * (20 - 16.05)).Within(4).Percent);
    }

    [TestCase("lifecycle: {preStop: {sleep: {seconds: 5}}}", false)]
    [TestCase("lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}", false)]
    [TestCase("lifecycle: {preStop: {exec: {command: [/bin/sleep, '5']}}}", false)]
    [TestCase("lifecycle: {preStop: {exec: {command: [nginx, -s, quit]}}}", true)]
    [TestCase("stdin: false", true)]
    public void Scaling_down_costs_requests_unless_the_pods_wait_for_the_rules(string container, bool fails)
    {
        string web = GivenScenario.Web(4).Replace("image: web,", $"image: web, {container},", StringComparison.Ordinal);

        WorkloadResult calls = Run(web, Scenario(ToWeb, "20s", "- {at: 10s, scale: {deployment: web, replicas: 2}}")).Workloads[0];

        // Two of four pods gone for 0.1 s (EndpointSlice) and 40 ms more (watch, kernel): half of 1,000 requests/s for that long.
        if (fails)
            Assert.That(calls.Failed.Total, Is.InRange(40, 110));
        else
            Assert.That(calls.Failed.Total, Is.Zero);
    }

    [Test]
    public void A_request_that_outlives_its_pods_grace_period_is_reset()
    {
        // 300 requests/s of 5 s each over three pods, two of which are killed 1 s after 10 s: requests that came to them in the 4 s before are lost.
        const string Slow = "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {constant: {rate: 300/s}}}";
        string web = GivenScenario.Web(3).Replace("spec: {containers", "spec: {terminationGracePeriodSeconds: 1, containers", StringComparison.Ordinal);

        FailureResult failed = Run(web, Scenario(Slow, "30s", "- {at: 10s, scale: {deployment: web, replicas: 1}}", "backends: [{namespace: shop, serviceTime: 5s, concurrency: 2000}]")).Workloads[0].Failed;

        Assert.That(failed.Refused, Is.EqualTo(300 * 4 * 2 / 3).Within(8).Percent);
        Assert.That(failed.TimedOut, Is.Zero);
    }

    [Test]
    public void A_request_shorter_than_the_grace_period_is_answered()
    {
        // Requests that arrive after the pods have stopped are refused; those at work have 30 s.
        const string Slow = "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {constant: {rate: 300/s}}}";
        string web = GivenScenario.Web(3);

        FailureResult failed = Run(web, Scenario(Slow, "30s", "- {at: 10s, scale: {deployment: web, replicas: 1}}", "backends: [{namespace: shop, serviceTime: 5s, concurrency: 2000}]")).Workloads[0].Failed;

        Assert.That(failed.Total, Is.LessThan(300 * 0.3), "only requests to nodes with old rules fail");
    }

    [Test]
    public void A_pod_that_has_stopped_refuses_until_its_network_is_gone_and_is_silent_then()
    {
        // The proxies learn of the change 3 s late: half of 1,000 requests/s is refused for 0.5 s, and lost for the rest.
        FailureResult failed = Run(GivenScenario.Web(2), Scenario(
            ToWeb, "20s", "- {at: 10s, scale: {deployment: web, replicas: 1}}", "network: {endpointSliceLatency: 3s, watchLatency: 0}")).Workloads[0].Failed;

        Assert.That(failed.Refused, Is.EqualTo(500 * 0.5).Within(10).Percent);
        Assert.That(failed.Dropped, Is.EqualTo(500 * 2.5).Within(10).Percent);
    }

    [Test]
    public void A_proxy_that_syncs_seldom_sends_to_pods_that_are_gone_for_longer()
    {
        // The first change is written at once, the second waits for minSyncPeriod after it.
        const string Timeline = """
            - {at: 10s, scale: {deployment: web, replicas: 3}}
            - {at: 11s, scale: {deployment: web, replicas: 2}}
            """;
        const string Seldom = """
            apiVersion: kubeproxy.config.k8s.io/v1alpha1
            kind: KubeProxyConfiguration
            iptables: {minSyncPeriod: 5s}
            """;

        long often = Run(GivenScenario.Web(4), Scenario(ToWeb, "20s", Timeline)).Workloads[0].Failed.Total;
        long seldom = Run(GivenScenario.Web(4), Seldom, Scenario(ToWeb, "20s", Timeline)).Workloads[0].Failed.Total;

        // From 11 s on until 15.1 s instead of 11.3 s a third of the requests meets a pod that is gone.
        Assert.That(seldom - often, Is.EqualTo(4 * 1000 / 3).Within(15).Percent);
    }

    [Test]
    public void A_headless_name_leads_to_the_pods_that_there_are_now()
    {
        const string Direct = "- {name: calls, from: nodes, to: 'http://direct.shop:8080/', arrivals: {constant: {rate: 1000/s}}, timeout: 1s}";
        const string Headless = """
            apiVersion: v1
            kind: Service
            metadata: {name: direct, namespace: shop}
            spec: {clusterIP: None, selector: {app: web}, ports: [{port: 8080}]}
            """;

        WorkloadResult calls = Run(GivenScenario.Web(1), Headless, Scenario(Direct, "20s", "- {at: 10s, scale: {deployment: web, replicas: 2}}", "network: {dnsTtl: 1s}")).Workloads[0];

        Assert.That(calls.Backends.Count(backend => backend.Requests > 3_000), Is.EqualTo(2));
    }

    [Test]
    public void Kept_connections_leave_a_pod_that_stops()
    {
        const string Kept = "- {name: calls, from: nodes, to: http://web.shop/, arrivals: {constant: {rate: 1000/s}}, timeout: 1s, connections: {reuse: http2}}";

        WorkloadResult calls = Run(GivenScenario.Web(2), Scenario(Kept, "20s", "- {at: 10s, scale: {deployment: web, replicas: 1}}")).Workloads[0];

        Assert.That(calls.Succeeded, Is.GreaterThan(0.98 * calls.Requests));
        Assert.That(calls.Backends.Sum(backend => backend.Requests), Is.EqualTo(calls.Succeeded));
    }

    [Test]
    public void A_pod_of_a_StatefulSet_comes_back_under_its_name()
    {
        const string Database = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              replicas: 3
              serviceName: web
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: db, image: db, ports: [{containerPort: 8080}], lifecycle: {preStop: {sleep: {seconds: 3}}}}]}
            """;
        const string Timeline = """
            - {at: 5s, scale: {statefulSet: db, replicas: 2}}
            - {at: 6s, scale: {statefulSet: db, replicas: 3}}
            """;

        WorkloadResult calls = Run(Database, Scenario(ToWeb, "20s", Timeline)).Workloads[0];

        Assert.That(string.Join(' ', calls.Backends.Select(backend => backend.Pod)), Is.EqualTo("shop/db-0 shop/db-1 shop/db-2"));
        // Away from 5 s (deleted) until 10.2 s: the new db-2 waits for the old one's hook (8 s) and starts for 2 s.
        Assert.That(calls.Backends[2].Requests, Is.EqualTo(1000.0 / 3 * (20 - 5.1)).Within(6).Percent);
    }

    [Test]
    public void Clients_that_are_scaled_away_send_nothing_more_and_new_ones_begin()
    {
        const string Clients = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: client, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: client}}
              template: {metadata: {labels: {app: client}}, spec: {containers: [{name: c, image: c}]}}
            """;
        const string Calls = "- {name: calls, from: {pods: {namespace: shop, selector: {app: client}}}, to: http://web.shop/, arrivals: {constant: {rate: 1000/s}}}";
        const string Timeline = """
            - {at: 5s, scale: {deployment: client, replicas: 0}}
            - {at: 10s, scale: {deployment: client, replicas: 3}}
            """;

        WorkloadResult calls = Run(GivenScenario.Web(4), Clients, Scenario(Calls, "20s", Timeline)).Workloads[0];

        // 5 s of sending, and 8 s more from 12 s on, when the new ones are ready.
        Assert.That(calls.Requests, Is.EqualTo(13_000).Within(10));
        Assert.That(calls.Failed.Total, Is.Zero);
    }

    [TestCase("iptables")]
    [TestCase("ipvs")]
    [TestCase("nftables")]
    public void The_same_seed_gives_the_same_bytes_on_any_number_of_threads(string mode)
    {
        const string Timeline = """
            - {at: 3s, scale: {deployment: web, replicas: 7}}
            - {at: 6s, scale: {deployment: web, replicas: 0}}
            - {at: 7s, scale: {deployment: web, replicas: 3}}
            """;
        PreparedScenario prepared = GivenScenario.Prepare(GivenScenario.Web(2), GivenScenario.Service("web"), Scenario(ToWeb, "10s", Timeline, mode: mode));

        SimulationOutcome one = Simulator.Run(prepared, new SimulationOptions { Threads = 1 });
        SimulationOutcome four = Simulator.Run(prepared, new SimulationOptions { Threads = 4 });

        Assert.That(RunResultsFile.ToJson(Summary(four)), Is.EqualTo(RunResultsFile.ToJson(Summary(one))));
        // Without any pod the Service refuses.
        Assert.That(one.Replications[0].Workloads[0].Failed.Refused, Is.GreaterThan(100));
    }

    [Test]
    public void An_event_after_the_end_is_a_warning_and_changes_nothing()
    {
        Scenario scenario = GivenScenario.Read(GivenScenario.Web(1), GivenScenario.Service("web"), Scenario(ToWeb, "2s", "- {at: 10s, scale: {deployment: web, replicas: 2}}"));
        Preparation preparation = Preparation.Of(scenario, ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster);

        Assert.That(preparation.Problems.Single().Message, Does.Contain("at 10 s").And.Contain("ends at 2 s"));
        Assert.That(Simulator.Run(preparation.Prepared!, new SimulationOptions()).Run.Timeline, Is.Empty);
    }

    private static string Scenario(string workload, string duration, string timeline, string more = "", string mode = "iptables") => $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: scaling}
        spec:
          cluster: {nodes: 4, kubeProxy: {mode: {{mode}} } }
          workloads:
          {{workload}}
          timeline:
          {{timeline.ReplaceLineEndings("\n  ")}}
          {{more}}
          run: {duration: {{duration}}, warmup: 0s, replications: 2, seed: 7}
        """;

    private static RunResults Run(params string[] documents) =>
        Summary(Simulator.Run(GivenScenario.Prepare([.. documents, GivenScenario.Service("web")]), new SimulationOptions()));

    // Per replication, so that expectations can be read as rates times seconds.
    private static RunResults Summary(SimulationOutcome outcome) => RunSummary.Combine(outcome.Run, [outcome.Replications[0]]);
}
