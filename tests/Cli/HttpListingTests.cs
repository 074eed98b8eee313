using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Gateways, routes and Ingresses as <c>get</c> prints them.</summary>
public sealed class HttpListingTests
{
    private const string Manifests = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: get}
        spec: {cluster: {cloud: metallb, nodes: 2} }
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: door, namespace: shop}, spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}}
        ---
        {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop, generation: 3}, spec: {parentRefs: [{name: door}], hostnames: [a.example], rules: [{matches: [{path: {value: /x}}], filters: [{type: URLRewrite, urlRewrite: {hostname: b.example}}], backendRefs: [{name: web, port: 80, weight: 9}], timeouts: {request: 2s}}]}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, namespace: shop}, spec: {ingressClassName: inner, tls: [{hosts: [a.example]}], rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}}]}}
        """;

    [TestCase("gateways", "NAME   CLASS   ADDRESS       PROGRAMMED   AGE|door   any     203.0.113.0   True         0s")]
    [TestCase("httproutes", "NAME   HOSTNAMES       AGE|r      [\"a.example\"]   0s")]
    [TestCase("ing", "NAME   CLASS   HOSTS       ADDRESS       PORTS     AGE|i      inner   a.example   203.0.113.1   80, 443   0s")]
    public async Task The_table_has_the_columns_of_kubectl(string kind, string table)
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Manifests, "get", kind, "-");

        Assert.That(code, Is.Zero, console.Error);
        Assert.That(string.Join('|', console.OutputLines.Select(line => line.TrimEnd())), Is.EqualTo(table));
    }

    [TestCase("gateways", "attachedRoutes: 1")]
    [TestCase("gateways", "value: 203.0.113.0")]
    [TestCase("gateways", "observedGeneration: 1")]
    [TestCase("httproutes", "observedGeneration: 3")]
    [TestCase("httproutes", "reason: BackendNotFound")]
    [TestCase("httproutes", "replaceFullPath", false)]
    [TestCase("httproutes", "request: 2000ms")]
    [TestCase("httproutes", "hostname: b.example")]
    [TestCase("ingresses", "ip: 203.0.113.1")]
    public async Task The_object_has_its_status(string kind, string line, bool isThere = true)
    {
        TestConsole console = new();

        await console.RunWithInputAsync(Manifests, "get", kind, "-", "-o", "yaml");

        Assert.That(console.Output, isThere ? Does.Contain(line) : Does.Not.Contain(line));
    }

    [Test]
    public async Task What_get_prints_can_be_read_again()
    {
        TestConsole first = new();
        TestConsole second = new();
        await first.RunWithInputAsync(Manifests, "get", "httproutes", "-", "-o", "yaml");

        int code = await second.RunWithInputAsync(first.Output, "get", "httproutes", "-", "-o", "yaml");

        Assert.That(code, Is.Zero, second.Error);
        Assert.That(second.Output.Split("status:")[0], Is.EqualTo(first.Output.Split("status:")[0]));
    }
}
