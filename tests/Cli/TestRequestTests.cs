using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>What requests and look-ups of a NetworkTest mean.</summary>
public sealed class TestRequestTests
{
    private const string Objects = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: NetworkTest
        metadata: {name: web}
        spec:
          objects:
          - {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 172.30.0.41, ports: [{port: 80}]}}
          - apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{port: 8080}]
            endpoints: [{addresses: [10.0.0.1]}]
          - {apiVersion: v1, kind: Service, metadata: {name: six, namespace: shop}, spec: {clusterIP: "fd00::1", ipFamilies: [IPv6], ports: [{port: 80}]}}
          - apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: door, namespace: shop}
            spec:
              gatewayClassName: any
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: house, port: 443, protocol: HTTPS, hostname: house.example, tls: {certificateRefs: [{name: c}]}}
              - {name: any, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}
          - apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec:
              parentRefs: [{name: door}]
              rules:
              - {matches: [{path: {value: /}}], backendRefs: [{name: web, port: 80}]}
              - {matches: [{path: {value: /short}}], timeouts: {request: 500ms}, backendRefs: [{name: web, port: 80}]}
              - {matches: [{path: {value: /part}}], timeouts: {backendRequest: 500ms}, backendRefs: [{name: web, port: 80}]}
              - {matches: [{path: {value: /host}}], filters: [{type: URLRewrite, urlRewrite: {hostname: rewritten.example}}], backendRefs: [{name: web, port: 80}]}
              - {matches: [{path: {value: /path}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /x}}}], backendRefs: [{name: web, port: 80}]}
              - {matches: [{path: {value: /ever}}], timeouts: {request: 0s}, backendRefs: [{name: web, port: 80}]}
              - matches: [{path: {value: /pages}}]
                filters: [{type: CORS, cors: {allowOrigins: ["https://a.example"], allowMethods: [GET, PUT]}}]
                backendRefs: [{name: web, port: 80}]
          cases:

        """;

    /// <summary>kubernetes-sigs/gateway-api conformance/tests httproute-timeout-request, httproute-timeout-backend-request.</summary>
    [TestCase("http://a.example/short", "{status: 200, backend: shop/web}")]
    [TestCase("http://a.example/short?delay=499ms", "{status: 200, backend: shop/web}")]
    [TestCase("http://a.example/short?delay=1s", "{status: 504}")]
    [TestCase("http://a.example/part?delay=1s", "{status: 504}")]
    [TestCase("http://a.example/ever?delay=1s", "{status: 200, backend: shop/web}", Description = "0s is no limit")]
    [TestCase("http://a.example/?delay=1h", "{status: 200, backend: shop/web}")]
    public Task A_backend_that_takes_longer_than_the_rule_waits_answers_504(string url, string expect) =>
        Holds($"request: {{gateway: shop/door, url: \"{url}\"}}", expect);

    [TestCase("https://house.example/", "house.example", "200")]
    [TestCase("https://house.example/", "barn.example", "421", Description = "the connection is opened for the host of the URL")]
    [TestCase("https://gateway.invalid/", "house.example", "200", Description = "nobody's name: the Gateway's own address")]
    public Task The_connection_is_opened_for_the_host_of_the_URL_and_the_request_is_for_that_of_the_header(string url, string host, string status) =>
        Holds($"request: {{gateway: shop/door, url: \"{url}\", headers: {{Host: {host}}}}}", $"{{status: {status}}}");

    // kubernetes-sigs/gateway-api conformance/utils/http: the Host header that the backend got is compared letter by letter.
    [TestCase("http://a.example:8080/", "a.example:8080")]
    [TestCase("http://a.example:80/", "a.example")]
    [TestCase("http://a.example/", "a.example")]
    [TestCase("http://a.example:8080/host", "rewritten.example", Description = "a rewritten host takes no port along")]
    [TestCase("http://a.example:8080/path", "a.example:8080", Description = "a rewritten path leaves the host as it is")]
    public Task The_backend_gets_the_Host_header_with_the_port_that_the_client_wrote(string url, string host) =>
        Holds($"request: {{gateway: shop/door, url: \"{url}\"}}", $"{{status: 200, backendRequest: {{host: \"{host}\"}}}}");

    [Test]
    public Task Blanks_around_commas_do_not_count() => Holds(
        "request: {gateway: shop/door, url: \"http://a.example/pages\", method: OPTIONS, headers: {Origin: \"https://a.example\", Access-Control-Request-Method: PUT}}",
        "{status: 200, responseHeaders: {access-control-allow-methods: \"GET,PUT\"}}");

    [TestCase("dns-version.cluster.local.", "TXT", "TXT 1.1.0")]
    [TestCase("dns-version.cluster.local.", "TXT", "TXT \\\"1.1.0\\\"")]
    [TestCase("six.shop.svc.cluster.local.", "AAAA", "AAAA FD00:0::1")]
    [TestCase("cluster.local.", "SOA", "SOA ns.dns.cluster.local. hostmaster.cluster.local. 1700000000 7200 1800 86400 5")]
    public Task How_a_record_is_written_does_not_count(string name, string type, string record) =>
        Holds($"lookup: {{name: {name}, type: {type}}}", $"{{rcode: NOERROR, answers: [\"{record}\"]}}");

    [Test]
    public Task Types_without_records_tell_names_that_exist_from_those_that_do_not() => Holds(
        "lookup: {name: web.shop.svc.cluster.local., type: MX}", "{rcode: NOERROR, answers: []}",
        "lookup: {name: cart.shop.svc.cluster.local., type: MX}", "{rcode: NXDOMAIN, answers: []}");

    private static async Task Holds(params string[] asksAndExpects)
    {
        TestConsole console = new();
        string cases = string.Concat(asksAndExpects.Chunk(2).Select((pair, number) => $"  - name: case {number}\n    {pair[0]}\n    expect: {pair[1]}\n"));

        int code = await console.RunWithInputAsync(Objects + cases, "test", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error + console.Output);
    }
}
