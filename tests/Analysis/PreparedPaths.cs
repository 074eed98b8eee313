using System.Collections.Immutable;
using KubeNetSim.Tests.Simulation;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Paths as the product makes them: from scenarios that were prepared for a run.</summary>
internal static class PreparedPaths
{
    /// <summary>From the internet through a load balancer of AWS, a node port, and any node.</summary>
    public static ImmutableArray<PathHop> LoadBalancer { get; } = FromInternet("type: LoadBalancer");

    /// <summary>The same, where a Service is <c>externalTrafficPolicy: Local</c>.</summary>
    public static ImmutableArray<PathHop> LocalLoadBalancer { get; } = FromInternet("type: LoadBalancer\n  externalTrafficPolicy: Local");

    /// <summary>From a pod by name to a cluster IP.</summary>
    public static ImmutableArray<PathHop> ClusterIP { get; } = FromPod("type: ClusterIP");

    /// <summary>From a pod by name to a headless Service.</summary>
    public static ImmutableArray<PathHop> Headless { get; } = FromPod("clusterIP: None");

    /// <summary>From a pod to a Service of type ExternalName whose host has the word gateway in its name.</summary>
    public static ImmutableArray<PathHop> ExternalName { get; } = FromPod("type: ExternalName\n  externalName: api-gateway.example.com");

    /// <summary>From the internet to a node port with a Local policy.</summary>
    public static ImmutableArray<PathHop> LocalNodePort { get; } = Of("internet", "http://web.shop:30086/", "type: NodePort\n  externalTrafficPolicy: Local", "30086");

    /// <summary>From the internet through an Ingress.</summary>
    public static ImmutableArray<PathHop> Ingress { get; } = GivenScenario.Prepare(
        GivenScenario.Web(2), GivenScenario.Service("web"),
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop, namespace: shop}
        spec: {rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
        """,
        Scenario("internet", "http://shop.example.com/")).Workloads[0].Path;

    private static ImmutableArray<PathHop> FromInternet(string spec) => Of("internet", "http://web.shop/", spec, "30080");

    private static ImmutableArray<PathHop> FromPod(string spec) => Of("{pods: {namespace: shop, selector: {app: web}}}", "http://web.shop/", spec, null);

    private static ImmutableArray<PathHop> Of(string from, string to, string spec, string? nodePort) => GivenScenario.Prepare(
        GivenScenario.Web(2),
        $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          {{spec}}
          selector: {app: web}
          ports:
          - port: 80
            targetPort: 8080
            {{(nodePort is null ? "" : $"nodePort: {nodePort}")}}
        """,
        Scenario(from, to)).Workloads[0].Path;

    private static string Scenario(string from, string to) => $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: path}
        spec:
          cluster: {nodes: 2, cloud: aws}
          workloads: [{name: clients, from: {{from}}, to: "{{to}}", arrivals: {poisson: {rate: 10/s} } }]
          run: {duration: 1s}
        """;
}
