using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Requests through the pods of a Gateway or an Ingress controller.</summary>
internal sealed class RelayTests
{
    private const string Routes = """
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: front, namespace: shop}, spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: web, namespace: shop}, spec: {parentRefs: [{name: front}], hostnames: [shop.example], rules: [{matches: [{path: {value: /old}}], filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /new}}}]}, {backendRefs: [{name: web, port: 80, weight: 3}, {name: missing, port: 80, weight: 1}]}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: filtered, namespace: shop}, spec: {parentRefs: [{name: front}], hostnames: [filtered.example], rules: [{matches: [{path: {value: /a}, method: PUT, headers: [{name: X-Team, value: paint}]}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}, {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-New, value: "1"}], remove: [x-team]}}, {type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}}}], timeouts: {request: 2s}, backendRefs: [{name: web, port: 80}]}]}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {rules: [{host: web.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}, {host: out.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: out, port: {number: 80}}}}]}}]}}
        """;

    [Test]
    public void A_share_that_goes_to_nobody_fails_and_the_rest_reaches_the_pods()
    {
        WorkloadRecord record = Run("http://shop.example/", "keepConnections: true");

        double failed = (double)record.Failed.Refused / record.Requests;
        Assert.That(record.Requests, Is.GreaterThan(9_000));
        Assert.That(failed, Is.EqualTo(0.25).Within(0.02));
        Assert.That(record.Backends.Select(backend => backend.Pod), Is.All.StartsWith("shop/web-"));
        Assert.That(record.Backends.Sum(backend => backend.Requests), Is.EqualTo(record.Succeeded));
    }

    [TestCase("keepConnections: true")]
    [TestCase("keepConnections: false")]
    [TestCase("backends: clusterIP, keepConnections: false")]
    public void The_router_works_on_a_request_and_so_does_its_backend(string routers)
    {
        WorkloadRecord record = Run("http://web.example/", $"serviceTime: {{constant: {{mean: 1ms}}}}, concurrency: 1000, {routers}");

        Assert.That(record.Succeeded, Is.EqualTo(record.Requests));
        Assert.That((double)record.StageSumsNs.Service / record.Succeeded, Is.EqualTo(5e6).Within(1), "1 ms of the router, 4 ms of the pod");
    }

    [TestCase("backends: endpoints", 3, Description = "the router's pods choose among all")]
    [TestCase("backends: clusterIP", 1, Description = "kube-proxy remembers each of the router's pods, here one")]
    public void Affinity_of_the_Service_holds_for_the_pods_of_the_router_where_they_call_the_cluster_IP(string backends, int served)
    {
        WorkloadRecord record = Run("http://web.example/", $"replicas: 1, keepConnections: false, {backends}", affinity: true);

        Assert.That(record.Backends.Count(backend => backend.Requests > 0), Is.EqualTo(served));
    }

    [Test]
    public void An_ExternalName_Service_leads_out_of_the_cluster()
    {
        WorkloadRecord record = Run("http://out.example/", "replicas: 2");

        Assert.That(record.Succeeded, Is.EqualTo(record.Requests));
        Assert.That(record.Backends.Select(backend => backend.Pod), Is.EqualTo(["www.example.org"]));
    }

    [Test]
    public void Kept_connections_to_backends_save_handshakes()
    {
        WorkloadRecord kept = Run("http://web.example/", "keepConnections: true");
        WorkloadRecord opened = Run("http://web.example/", "keepConnections: false");

        Assert.That((double)kept.StageSumsNs.Connect, Is.LessThan((double)opened.StageSumsNs.Connect));
        Assert.That(opened.Connections, Is.EqualTo(2 * opened.Requests).Within(1).Percent, "one of the client, one of the router");
        Assert.That(kept.Connections, Is.LessThan(1.2 * kept.Requests));
    }

    [Test]
    public void A_redirect_is_answered_by_the_router()
    {
        WorkloadRecord record = Run("http://shop.example/old", "replicas: 3");

        Assert.That(record.Succeeded, Is.EqualTo(record.Requests));
        Assert.That(record.Backends.Select(backend => backend.Pod), Is.All.StartsWith("shop/front-any-"));
    }

    [Test]
    public void A_trace_names_the_rule_that_won_and_why_others_lost()
    {
        Trace trace = TraceOf("http://web.example/cart");
        Trace redirected = TraceOf("http://shop.example/new");

        Assert.That(trace.Succeeded, Is.True, trace.Outcome);
        TraceStep routed = trace.Steps.Single(step => step.Rules.Any(rule => rule.Meaning == "wins"));
        Assert.That(routed.What, Does.Contain("forwarded to shop/web:80"));
        Assert.That(routed.Rules[0].Where, Does.StartWith("Ingress shop/web rule 1"));
        Assert.That(redirected.Steps.SelectMany(step => step.Rules).Select(rule => rule.Meaning), Has.Some.EqualTo("path /new is not /old/..."));
    }

    [Test]
    public void A_trace_shows_what_a_route_changes_and_where_copies_go()
    {
        Trace trace = TraceOf("http://filtered.example/a/x", "PUT", new HttpHeader("X-Team", "paint"));

        TraceStep routed = trace.Steps.Single(step => step.Rules.Any(rule => rule.Meaning == "wins"));
        Assert.That(routed.Rules.Skip(1).Take(5).Select(rule => $"{rule.Where}: {rule.Meaning}"), Is.EqualTo([
            "rewritten to: http://filtered.example/b/x",
            "request header X-Team: is removed",
            "request header X-New: becomes \"1\"",
            "timeout: 2000 ms",
            "copy to shop/web:80: of every such request"]));
        Assert.That(trace.Steps.Select(step => step.AtNs), Is.Ordered);
        Assert.That(trace.Steps.Count(step => step.What.StartsWith("copy: served", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void A_trace_counts_the_rules_of_other_hosts_where_they_are_many()
    {
        string[] routes = [.. Enumerable.Range(0, 25).Select(number =>
            $"{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: other-{number}, namespace: shop}}, spec: {{parentRefs: [{{name: front}}], hostnames: [h{number}.example], rules: [{{backendRefs: [{{name: web, port: 80}}]}}]}}}}")];

        TraceStep routed = TraceOf([.. Documents("http://shop.example/", "replicas: 2"), .. routes], "http://shop.example/").Steps.Single(step => step.Rules.Any(rule => rule.Meaning == "wins"));

        Assert.That(routed.Rules.Select(rule => $"{rule.Where}: {rule.Meaning}"), Has.Some.EqualTo("26 other rules: for other hosts"));
        Assert.That(routed.Rules, Has.Length.EqualTo(3), "the rule that won, the other one of its host, and the rest");
    }

    [TestCase("GET", "paint", "answers 404")]
    [TestCase("PUT", "oil", "answers 404")]
    [TestCase("PUT", "paint", "forwarded")]
    public void Method_and_headers_of_a_request_decide(string method, string team, string what)
    {
        Trace trace = TraceOf("http://filtered.example/a/x", method, new HttpHeader("x-team", team));

        Assert.That(trace.Steps.Select(step => step.What), Has.Some.Contain(what));
    }

    private static WorkloadRecord Run(string to, string routers, bool affinity = false)
    {
        PreparedScenario prepared = GivenScenario.Prepare(Documents(to, routers, affinity));
        return Simulator.Run(prepared, new SimulationOptions { Threads = 1 }).Replications[0].Workloads[0];
    }

    private static Trace TraceOf(string to, string? method = null, params HttpHeader[] headers) => TraceOf(Documents(to, "replicas: 2"), to, method, headers);

    private static Trace TraceOf(string[] documents, string to, string? method = null, params HttpHeader[] headers)
    {
        Scenario scenario = GivenScenario.Read(documents);
        Cluster cluster = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster;
        Uri uri = new(to);
        TracedRequest tracing = RequestTracer.Trace(scenario, cluster, new WorkloadSource.Internet(1), new WorkloadTarget.Url("http", uri.Host, 80, uri.AbsolutePath), method, headers);
        return tracing.Trace!;
    }

    private static string[] Documents(string to, string routers, bool affinity = false) =>
    [
        GivenScenario.Web(3),
        GivenScenario.Service("web", affinity ? "sessionAffinity: ClientIP" : ""),
        "{apiVersion: v1, kind: Service, metadata: {name: out, namespace: shop}, spec: {type: ExternalName, externalName: www.example.org}}",
        Routes,
        $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: routed}
        spec:
          cluster: {nodes: 4, zones: [a, b], cloud: aws, httpRouters: { {{routers}} } }
          workloads:
          - {name: all, from: internet, to: "{{to}}", arrivals: {poisson: {rate: 1000/s} } }
          backends:
          - {selector: {app: web}, serviceTime: {constant: {mean: 4ms} }, concurrency: 1000}
          run: {duration: 10s, warmup: 0, replications: 1, seed: 7}
        """,
    ];
}
