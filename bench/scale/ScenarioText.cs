namespace KubeNetSim.Scale;

/// <summary>What is simulated on a generated cluster: a million requests, from any node to any Service.</summary>
internal static class ScenarioText
{
    public static string Of(ClusterSize size) =>
        $$$"""
        # {{{size.Nodes:N0}}} nodes, {{{size.Pods:N0}}} pods, {{{size.Services:N0}}} Services; a million requests
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: scale-{{{size.Nodes}}}}
        spec:
          cluster:
            kubeProxy: {mode: nftables}
            serviceCIDRs: [192.168.0.0/16]
          workloads:
          - name: uniform
            from: nodes
            to:
              services: {namespace: scale, selector: {model: scale}}
            arrivals:
              poisson: {rate: 1000000/s}
            connections: {reuse: none}
          backends:
          - selector: {model: scale}
            serviceTime: {exponential: {mean: 5ms}}
            concurrency: 1
          run: {duration: 1s, warmup: 100ms, replications: 1, seed: 42}

        """;
}
