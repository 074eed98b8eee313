using System.Globalization;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Small random scenarios: a Service of some kind in front of some pods, one to three workloads, perhaps a change while they run.</summary>
internal static class RandomScenario
{
    private static readonly string[] Modes = ["iptables", "ipvs", "nftables"];
    private static readonly string[] Clouds = ["none", "metallb", "aws", "gcp", "azure"];
    private static readonly string[] Times = ["2ms", "{exponential: 4ms}", "{lognormal: {mean: 3ms, cv: 1}}", "{gamma: {mean: 5ms, cv: 0.5}}"];
    private static readonly string[] Connections =
        ["{reuse: none}", "{reuse: keepAlive, perClient: 2}", "{reuse: keepAlive, maxRequests: 3}", "{reuse: http2}"];

    private static readonly string[] Specs =
    [
        "type: ClusterIP", "type: NodePort", "type: LoadBalancer", "clusterIP: None",
        "{0}: ClusterIP\n  sessionAffinity: ClientIP", "{0}: NodePort\n  externalTrafficPolicy: Local",
        "{0}: LoadBalancer\n  externalTrafficPolicy: Local", "{0}: ClusterIP\n  internalTrafficPolicy: Local", "{0}: ClusterIP\n  trafficDistribution: PreferClose",
    ];

    /// <summary>The documents of a scenario; the same for the same seed.</summary>
    public static string[] Documents(int seed)
    {
        Random random = new(seed);
        T One<T>(params T[] values) => values[random.Next(values.Length)];

        int replicas = random.Next(0, 6);
        string spec = One(Specs).Replace("{0}", "type", StringComparison.Ordinal);
        bool isHeadless = spec.StartsWith("clusterIP", StringComparison.Ordinal);
        int port = isHeadless ? One(80, 8080) : 80;
        string timeline = random.Next(3) == 0 ? $"timeline: [{{at: 500ms, scale: {{deployment: web, namespace: shop, replicas: {random.Next(0, 6)}}}}}]" : "timeline: []";
        string workloads = string.Join("\n  ", Enumerable.Range(1, random.Next(1, 4)).Select(number => string.Create(CultureInfo.InvariantCulture,
            $"- {{name: w{number}, from: {One("nodes", "{pods: {namespace: shop, selector: {app: client}}}", "{node: node-1}")}, to: \"http://{One("web.shop", "web.shop", "api.example.com")}:{port}/\", arrivals: {Arrivals()}, connections: {One(Connections)}{One("", ", timeout: 20ms", ", timeout: 200ms, retries: 2")}}}")));

        return [GivenScenario.Web(replicas), Client, GivenScenario.Service("web", spec), string.Create(CultureInfo.InvariantCulture, $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: random-{{seed}} }
            spec:
              cluster: {nodes: {{random.Next(1, 6)}}, kubeProxy: {mode: {{One(Modes)}} }, cloud: {{One(Clouds)}}, backgroundServices: {{random.Next(0, 50)}} }
              workloads:
              {{workloads}}
              backends:
              - {selector: {app: web}, serviceTime: {{One(Times)}}, concurrency: {{random.Next(1, 4)}}{{One("", ", queue: 0", ", queue: 3")}} }
              network: {externalHosts: [api.example.com]}
              {{timeline}}
              run: {duration: 1s, warmup: {{One("0s", "200ms")}}, replications: {{random.Next(1, 4)}}, seed: {{seed}} }
            """)];

        string Arrivals() => One(
            $"{{poisson: {{rate: {random.Next(20, 400)}/s}}}}",
            $"{{constant: {{rate: {random.Next(20, 200)}/s}}}}",
            "{bursts: {onRate: 500/s, offRate: 0/s, meanOn: 50ms, meanOff: 200ms}}",
            $"{{closedLoop: {{users: {random.Next(1, 20)}, thinkTime: {{exponential: {{mean: 50ms}}}}}}}}");
    }

    private const string Client = """
        apiVersion: v1
        kind: Pod
        metadata: {name: client, namespace: shop, labels: {app: client}}
        spec: {containers: [{name: c, image: c}]}
        """;
}
