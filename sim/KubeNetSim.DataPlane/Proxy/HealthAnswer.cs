namespace KubeNetSim.DataPlane.Proxy;

/// <summary>What kube-proxy answers over HTTP to a health check (pkg/proxy/healthcheck/service_health.go and proxy_health.go).</summary>
/// <param name="Status">Status of the answer: 200 or 503.</param>
/// <param name="Body">Its body.</param>
/// <param name="EndpointWeight">
/// Value of its header <c>X-Load-Balancing-Endpoint-Weight</c>: ready endpoints of the Service on the node; null where the header is missing.
/// </param>
/// <param name="IsOfProxy">Whether it is about kube-proxy itself, which answers at <c>/healthz</c> and <c>/livez</c> only.</param>
public sealed record HealthAnswer(int Status, string Body, int? EndpointWeight, bool IsOfProxy)
{
    /// <summary>Port of <c>healthzBindAddress</c> (pkg/cluster/ports/ports.go, ProxyHealthzPort).</summary>
    public const int ProxyPort = 10_256;

    private const int Healthy = 200;
    private const int Unhealthy = 503;

    /// <summary>The answer at the health check node port of a Service. kube-proxy itself is healthy.</summary>
    internal static HealthAnswer Of(Service service, int localEndpoints) => new(
        localEndpoints > 0 ? Healthy : Unhealthy,
        $$"""{"service": {"namespace": "{{service.Meta.Namespace}}", "name": "{{service.Meta.Name}}"}, "localEndpoints": {{localEndpoints}}, "serviceProxyHealthy": true}""",
        localEndpoints, false);

    /// <summary>The answer of kube-proxy about itself: a node that will be removed takes no new connections (KEP-3836).</summary>
    internal static HealthAnswer OfProxy(bool isNodeEligible) => new(
        isNodeEligible ? Healthy : Unhealthy, $$"""{"nodeEligible": {{(isNodeEligible ? "true" : "false")}}}""", null, true);
}
