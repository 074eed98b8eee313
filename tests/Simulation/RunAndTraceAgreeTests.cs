using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>What a trace calls possible is what a run does: in these shares, and nothing else.</summary>
internal sealed class RunAndTraceAgreeTests
{
    private const int Requests = 100_000;

    private static readonly string[] Services =
    [
        GivenScenario.Service("cluster-ip"),
        GivenScenario.Service("node-port", "type: NodePort"),
        GivenScenario.Service("balancer", "type: LoadBalancer"),
        GivenScenario.Service("balancer-local", "{type: LoadBalancer, externalTrafficPolicy: Local}".Trim('{', '}').Replace(", ", "\n  ")),
        GivenScenario.Service("internal-local", "internalTrafficPolicy: Local"),
        GivenScenario.Service("headless", "clusterIP: None"),
        "{apiVersion: v1, kind: Service, metadata: {name: external, namespace: shop}, spec: {type: ExternalName, externalName: example.com}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: front, namespace: shop}, spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: web, namespace: shop}, spec: {parentRefs: [{name: front}], hostnames: [shop.example], rules: [{backendRefs: [{name: cluster-ip, port: 80, weight: 3}, {name: missing, port: 80}]}]}}",
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {rules: [{host: web.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cluster-ip, port: {number: 80}}}}]}}]}}",
    ];

    [TestCase("nodes", "http://cluster-ip.shop/", "aws")]
    [TestCase("internet", "http://node-port.shop/", "none")]
    [TestCase("internet", "http://balancer.shop/", "aws")]
    [TestCase("internet", "http://balancer.shop/", "gcp")]
    [TestCase("internet", "http://balancer.shop/", "metallb")]
    [TestCase("internet", "http://balancer-local.shop/", "azure")]
    [TestCase("nodes", "http://balancer.shop/", "aws", Description = "from inside to the load balancer's own address")]
    [TestCase("nodes", "http://internal-local.shop/", "none", Description = "some nodes have no endpoint and drop")]
    [TestCase("nodes", "http://headless.shop:8080/", "none")]
    [TestCase("nodes", "http://external.shop/", "none")]
    [TestCase("nodes", "http://192.168.0.3:30999/", "none", Description = "a port of another node where nobody listens")]
    [TestCase("internet", "http://shop.example/", "aws", Description = "through a Gateway, a quarter to a Service that does not exist")]
    [TestCase("nodes", "http://shop.example/", "gcp")]
    [TestCase("internet", "http://web.example/", "metallb", Description = "through an Ingress controller")]
    public void A_run_takes_exactly_the_ways_that_a_trace_calls_possible(string from, string to, string cloud)
    {
        PreparedScenario prepared = GivenScenario.Prepare([GivenScenario.Web(3), .. Services, Scenario(from, to, cloud)]);

        SimulationOutcome outcome = Simulator.Run(prepared, new SimulationOptions { CountPaths = true, Threads = 1 });
        TracePath[] possible = RequestTracer.Paths(prepared, new RunState(prepared, 0));

        Dictionary<string, long> taken = outcome.Paths.ToDictionary(way => way.Key["all: ".Length..], way => way.Value);
        long total = taken.Values.Sum();
        Assert.That(total, Is.GreaterThan(0.95 * Requests));
        Assert.That(taken.Keys, Is.SubsetOf(possible.Select(way => way.Path)), "a way that no trace shows");
        Assert.That(possible.Sum(way => way.Share), Is.EqualTo(1).Within(1e-9));
        foreach (TracePath way in possible)
        {
            // Five standard deviations of a binomial count: one wrong alarm in a million.
            double tolerance = 5 * Math.Sqrt(total * way.Share * (1 - way.Share)) + 1;
            Assert.That(taken.GetValueOrDefault(way.Path), Is.EqualTo(total * way.Share).Within(tolerance), way.Path);
        }
    }

    private static string Scenario(string from, string to, string cloud) => $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: ways}
        spec:
          cluster: {nodes: 4, zones: [a, b], cloud: {{cloud}} }
          network: {dnsTtl: 1s}
          workloads:
          - {name: all, from: {{from}}, to: "{{to}}", arrivals: {poisson: {rate: 10000/s} } }
          run: {duration: 10s, warmup: 0, replications: 1, seed: 7}
        """;
}
