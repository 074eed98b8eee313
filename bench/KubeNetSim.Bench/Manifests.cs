using System.Globalization;
using System.Text;

namespace KubeNetSim.Bench;

/// <summary>The objects of the reference model, as <c>r1-services.sh</c> prints them, and its Scenario, as <c>r1.yaml</c> has it.</summary>
internal static class Manifests
{
    /// <summary>The cluster IP of a Service of all pods.</summary>
    public const string AddressOfAll = "10.96.255.1";

    /// <summary>That Service.</summary>
    public const string All = $$$"""
        ---
        {apiVersion: v1, kind: Service, metadata: {name: all, namespace: r1}, spec: {clusterIP: {{{AddressOfAll}}}, selector: {model: r1}, ports: [{port: 80, targetPort: 8080}]}}

        """;

    /// <summary>One workload to all Services, by their addresses.</summary>
    public const string Uniform = """
          - name: uniform
            from: nodes
            to: {services: {namespace: r1, selector: {model: r1}}}
            arrivals: {poisson: {rate: 1400000/s}}
            connections: {reuse: none}
        """;

    public const string ScenarioText = """
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: r1}
        spec:
          cluster: {nodes: 100, zones: [zone-a, zone-b, zone-c], kubeProxy: {mode: iptables}}
          workloads:
        """ + "\n" + Uniform + """

          backends:
          - {selector: {model: r1}, serviceTime: {exponential: {mean: 5ms}}, concurrency: 1}
          network: {sameZone: {jitter: 0}, crossZone: {jitter: 0}}
          run: {duration: 3s, warmup: 500ms, replications: 1, seed: 42}

        """;

    /// <summary>The same requests to one Service of all pods, by its address or its name.</summary>
    public static string One(string host) => Uniform.Replace("{services: {namespace: r1, selector: {model: r1}}}", $"http://{host}/", StringComparison.Ordinal);

    /// <summary>The cluster that so many Services of so many pods each make.</summary>
    public static Cluster Cluster(int services, int pods)
    {
        Scenario scenario = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(R1(services, pods) + ScenarioText))).Scenario!;
        return ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster;
    }

    /// <summary>So many Services of so many pods each.</summary>
    /// <param name="services">Services.</param>
    /// <param name="pods">Pods of each.</param>
    /// <param name="more">What else stands in the spec of a Service, beginning with a comma.</param>
    public static string R1(int services, int pods, string more = "")
    {
        StringBuilder text = new("{apiVersion: v1, kind: Namespace, metadata: {name: r1}}\n");
        for (int number = 0; number < services; number++)
        {
            string name = $"service-{number:00000}";
            text.Append(CultureInfo.InvariantCulture, $$$"""
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: {{{name}}}, namespace: r1}
                spec:
                  replicas: {{{pods}}}
                  selector: {matchLabels: {app: {{{name}}}}}
                  template:
                    metadata: {labels: {app: {{{name}}}, model: r1}}
                    spec: {containers: [{name: server, ports: [{containerPort: 8080}]}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: {{{name}}}, namespace: r1, labels: {model: r1}}
                spec: {selector: {app: {{{name}}}}, ports: [{port: 80, targetPort: 8080}]{{{more}}}}

                """);
        }
        return text.ToString();
    }
}
