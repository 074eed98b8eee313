using System.Text.Json;
using System.Xml.Linq;
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
        Assert.That(console.Output, Does.Contain("""
            FAIL  web: outside stays on the node and keeps its address
                  -:18:5
                    verdict     Forward
                  - endpoints   10.0.0.2:8080
                  + endpoints   10.0.0.1:8080  (on a)
                    masquerade  false

            """));
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
    public async Task JUnit_tells_what_differs_from_what_could_not_be_evaluated()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        try
        {
            string path = Path.Combine(folder, "new", "results.xml");
            string document = Document.Replace("name: the cluster IP may use every endpoint", "name: \"bell \\a in its name\"", StringComparison.Ordinal)
                .Replace("{node: a, source: 10.0.0.7", "{node: b, source: 10.0.0.7", StringComparison.Ordinal).Replace("NOERROR", "NXDOMAIN", StringComparison.Ordinal);

            int code = await new TestConsole().RunWithInputAsync(document, "test", "-", "--junit", path);

            XElement root = XDocument.Load(path).Root!;
            Assert.That(code, Is.EqualTo(ExitCodes.Failed));
            Assert.That((root.Attribute("tests")!.Value, root.Attribute("failures")!.Value, root.Attribute("errors")!.Value), Is.EqualTo(("3", "1", "1")));
            Assert.That(root.Descendants("error").Single().Attribute("message")!.Value, Is.EqualTo("packet.node: there is no Node \"b\"; there is a"));
            Assert.That(root.Descendants("failure").Single().Attribute("message")!.Value, Is.EqualTo("rcode: NOERROR instead of NXDOMAIN"));
            Assert.That(root.Descendants("testcase").Select(item => item.Attribute("line")!.Value).First(), Is.EqualTo("18"));
            Assert.That((await File.ReadAllBytesAsync(path))[0], Is.EqualTo((byte)'<'), "no byte order mark");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_case_that_cannot_be_evaluated_says_why_and_is_counted()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Document.Replace("{node: a, source: 10.0.0.7", "{node: b, source: 10.0.0.7", StringComparison.Ordinal), "test", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(console.Output, Does.Contain("ERROR web: the cluster IP may use every endpoint\n      -:21:5\n        packet.node: there is no Node \"b\"; there is a\n"));
        Assert.That(console.OutputLines[^1], Is.EqualTo("2 passed, 1 failed, 1 of them could not be evaluated"));
    }

    [TestCase("verdict: Forward, endpoints: [\"10.0.0.1:8080\"], masquerade: false", "verdict: Forwrd", "spec.cases[0].expect.verdict: \"Forwrd\" is not one of Forward, Reject, Drop, Accept, PassThrough (did you mean \"Forward\"?)")]
    [TestCase("verdict: Forward, endpoints: [\"10.0.0.1:8080\"], masquerade: false", "", "spec.cases[0].expect: A case that expects nothing tests nothing")]
    [TestCase("verdict: Forward, endpoints: [\"10.0.0.1:8080\"], masquerade: false", "verdict: Drop, endpoints: [\"10.0.0.1:8080\"]", "spec.cases[0].expect.endpoints: A packet with verdict Drop reaches no endpoint")]
    [TestCase("[\"10.0.0.1:8080\"], masq", "[\"10.0.0.1\"], masq", "spec.cases[0].expect.endpoints[0]: \"10.0.0.1\" is no endpoint")]
    [TestCase("[\"10.0.0.1:8080\"], masq", "[\"fd00::1:80\"], masq", "spec.cases[0].expect.endpoints[0]: \"fd00::1:80\" is no endpoint")]
    [TestCase(", port: 3001", "", "spec.cases[0].packet.port: The field \"port\" is required")]
    [TestCase("source: 203.0.113.9", "source: \"2001:db8::9\"", "spec.cases[0].packet.source: 2001:db8::9 is IPv6, and the destination 192.168.0.2 is IPv4")]
    [TestCase("rcode: NOERROR", "rcode: NOEROR", "spec.cases[2].expect.rcode: \"NOEROR\" is not one of")]
    [TestCase("\"A 172.30.0.41\"", "172.30.0.41", "spec.cases[2].expect.answers[0]: \"172.30.0.41\" is no answer")]
    [TestCase("  cases:", "  manifests: [web.yaml]\n  cases:", "spec.manifests: A NetworkTest has objects, which it takes as they stand, or manifests")]
    public async Task What_is_written_wrong_is_named_with_its_place(string right, string wrong, string message)
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Document.Replace(right, wrong, StringComparison.Ordinal), "test", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(@"(?m)^-:\d+:\d+: " + System.Text.RegularExpressions.Regex.Escape(message)));
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
}
