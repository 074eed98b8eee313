using System.Text.Json;
using System.Xml.Linq;
using KubeNetSim.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class TestCommandTests
{
    private const string Document = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: NetworkTest
        metadata: {name: web}
        spec:
          objects:
          - {apiVersion: v1, kind: Node, metadata: {name: a}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}
          - apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {type: NodePort, clusterIP: 172.30.0.41, externalTrafficPolicy: Local, ports: [{port: 80, nodePort: 3001}]}
          - apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{port: 8080}]
            endpoints: [{addresses: [10.0.0.1], nodeName: a}, {addresses: [10.0.0.2], nodeName: b}]
          cases:
          - name: outside stays on the node and keeps its address
            packet: {node: a, source: 203.0.113.9, destination: 192.168.0.2, port: 3001}
            expect: {verdict: Forward, endpoints: ["10.0.0.1:8080"], masquerade: false}
          - name: the cluster IP may use every endpoint
            packet: {node: a, source: 10.0.0.7, destination: 172.30.0.41, port: 80}
            expect: {verdict: Forward, endpoints: ["10.0.0.1:8080", "10.0.0.2:8080"]}
          - name: the name has the cluster IP
            lookup: {name: web, namespace: shop}
            expect: {rcode: NOERROR, answers: ["A 172.30.0.41"]}
        """;

    [Test]
    public async Task A_test_that_holds_says_so_and_ends_with_0()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Document, "test", "-");

        Assert.That(console.Error, Is.Empty);
        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines[^1], Is.EqualTo("3 passed, 0 failed"));
    }

    [Test]
    public async Task A_test_that_fails_says_where_and_how_and_ends_with_1()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Document.Replace("\"10.0.0.1:8080\"], masq", "\"10.0.0.2:8080\"], masq", StringComparison.Ordinal), "test", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(console.Output, Does.Contain("FAIL web: outside stays on the node and keeps its address\n       -:18:5: cannot be chosen: 10.0.0.2:8080; can be chosen as well: 10.0.0.1:8080"));
        Assert.That(console.OutputLines[^1], Is.EqualTo("2 passed, 1 failed"));
    }

    [Test]
    public async Task Json_has_the_fields_that_scripts_rely_on()
    {
        TestConsole console = new();

        await console.RunWithInputAsync(Document, "test", "-", "-o", "json");

        JsonElement first = JsonDocument.Parse(console.Output).RootElement[0];
        Assert.That(first.EnumerateObject().Select(field => field.Name), Is.EqualTo("file name passed expected actual message".Split(' ')));
    }

    [Test]
    public async Task JUnit_counts_tests_and_failures()
    {
        string path = Path.GetTempFileName();
        try
        {
            TestConsole console = new();

            await console.RunWithInputAsync(Document, "test", "-", "--junit", path);

            XElement suite = XDocument.Load(path).Root!.Element("testsuite")!;
            Assert.That((suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value), Is.EqualTo(("3", "0")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task A_case_that_asks_nothing_is_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Document.Replace("lookup:", "look:", StringComparison.Ordinal), "test", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("spec.cases[2].look: There is no field \"look\" here (did you mean \"lookup\"?)"));
    }

    [Test]
    public async Task Rules_prints_what_iptables_save_would()
    {
        TestConsole console = new();
        string manifest = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}";

        int code = await console.RunWithInputAsync(manifest, "rules", "-", "--node", "node-1", "--service", "shop/web");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines, Has.Some.EqualTo("*nat"));
        Assert.That(console.Output, Does.Contain("-j REJECT"), "the Service has no endpoint");
    }

    [Test]
    public async Task Resolve_prints_the_search_path_and_the_answer_as_dig_does()
    {
        TestConsole console = new();
        string manifest = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.77, ports: [{port: 80}]}}";

        int code = await console.RunWithInputAsync(manifest, "resolve", "web.shop", "-", "--from", "default");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines[0], Is.EqualTo("; web.shop.default.svc.cluster.local. A: NXDOMAIN"));
        Assert.That(console.OutputLines, Has.Some.EqualTo("web.shop.svc.cluster.local.\t5\tIN\tA\t10.96.0.77"));
    }
}
