using System.Text.Json.Nodes;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>What get prints of the sample with one Service of each type.</summary>
public sealed class GetCommandTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "service-types");
    private static readonly string[] Kinds = ["services", "pods", "nodes", "endpointslices", "endpoints"];

    [Test]
    public async Task Each_type_of_service_shows_what_it_has()
    {
        TestConsole console = new();

        int code = await console.RunAsync("get", "services", Sample, "-n", "service-types-demo");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.OutputLines[0], Does.Match(@"^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE$"));
        Assert.That(console.OutputLines[1..], Has.Length.EqualTo(5));
        Assert.That(console.Output, Does.Match(@"(?m)^echo-clusterip +ClusterIP +10\.\d+\.\d+\.\d+ +<none> +80/TCP +0s$"));
        Assert.That(console.Output, Does.Match(@"(?m)^echo-nodeport +NodePort +10\.\d+\.\d+\.\d+ +<none> +80:30080/TCP +0s$"));
        Assert.That(console.Output, Does.Match(@"(?m)^echo-loadbalancer +LoadBalancer +10\.\d+\.\d+\.\d+ +[^<]\S+ +80:3\d{4}/TCP +0s$"));
        Assert.That(console.Output, Does.Match(@"(?m)^echo-headless +ClusterIP +None +<none> +8080/TCP +0s$"));
        Assert.That(console.Output, Does.Match(@"(?m)^external-api +ExternalName +<none> +httpbin\.org +<none> +0s$"));
    }

    [Test]
    public async Task The_echo_servers_run_on_two_nodes_and_every_node_has_a_client()
    {
        TestConsole console = new();

        await console.RunAsync("get", "po", Sample, "-n", "service-types-demo", "-o", "wide");

        string[][] rows = [.. console.OutputLines[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.That(rows.Select(row => row[2]), Is.All.EqualTo("Running"));
        Assert.That(NodesOf("echo-server-"), Is.Unique.And.Length.EqualTo(2));
        Assert.That(NodesOf("client-"), Is.Unique.And.Length.EqualTo(3));

        string[] NodesOf(string prefix) => [.. rows.Where(row => row[0].StartsWith(prefix, StringComparison.Ordinal)).Select(row => row[6])];
    }

    [TestCase("services", "svc")]
    [TestCase("pods", "po")]
    [TestCase("nodes", "no")]
    [TestCase("endpointslices", "eps")]
    [TestCase("endpoints", "ep")]
    public async Task Short_names_mean_the_same(string kind, string shortName)
    {
        TestConsole full = new();
        TestConsole abbreviated = new();

        await full.RunAsync("get", kind, Sample);
        await abbreviated.RunAsync("get", shortName, Sample);

        Assert.That(full.Output, Is.Not.Empty);
        Assert.That(abbreviated.Output, Is.EqualTo(full.Output));
    }

    [Test]
    public async Task A_namespace_column_appears_where_there_is_more_than_one_or_where_it_is_asked_for()
    {
        TestConsole one = new();
        TestConsole asked = new();

        await one.RunAsync("get", "services", Sample, "--namespace", "service-types-demo");
        await asked.RunAsync("get", "services", Sample, "-A");

        Assert.That(one.OutputLines[0], Does.StartWith("NAME "));
        Assert.That(asked.OutputLines[0], Does.StartWith("NAMESPACE "));
    }

    [Test]
    public async Task A_namespace_without_objects_says_so_on_standard_error()
    {
        TestConsole console = new();

        int code = await console.RunAsync("get", "services", Sample, "-n", "nowhere");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Output, Is.Empty);
        Assert.That(console.Error, Does.Contain("No resources found"));
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task Json_and_yaml_hold_the_same_official_objects(string kind)
    {
        TestConsole json = new();
        TestConsole yaml = new();

        await json.RunAsync("get", kind, Sample, "-o", "json");
        await yaml.RunAsync("get", kind, Sample, "-o", "yaml");

        JsonNode list = JsonNode.Parse(json.Output)!;
        Assert.That((string?)list["kind"], Is.EqualTo("List"));
        Assert.That(list["items"]!.AsArray(), Is.Not.Empty);
        Assert.That(yaml.Output, Is.EqualTo(YamlText.FromJson(json.Output)));
    }

    [Test]
    public async Task What_get_exports_reads_back_as_the_same_cluster()
    {
        List<string> files = [];
        string folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        try
        {
            foreach (string kind in Kinds)
            {
                files.Add(Path.Combine(folder, $"{kind}.yaml"));
                await File.WriteAllTextAsync(files[^1], await Printed("get", kind, Sample, "-o", "yaml"));
            }
            foreach (string kind in Kinds)
                Assert.That(await Printed(["get", kind, folder, "-o", "yaml"]), Is.EqualTo(await Printed("get", kind, Sample, "-o", "yaml")), kind);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Slices_with_hints_of_both_families_and_in_several_parts_read_back_as_they_were()
    {
        const string Manifest =
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 230, selector: {matchLabels: {app: web}},
              template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: auto, namespace: shop, annotations: {service.kubernetes.io/topology-mode: Auto}},
              spec: {ipFamilyPolicy: RequireDualStack, selector: {app: web}, ports: [{name: http, port: 80, targetPort: http, appProtocol: kubernetes.io/h2c}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: near, namespace: shop}, spec: {clusterIP: None, trafficDistribution: PreferSameNode, selector: {app: web}, ports: [{port: 80}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: {name: kubernetes}, spec: {cidrs: [10.96.0.0/16, "fd00:10:96::/112"]}}
            """;
        TestConsole first = new();
        await first.RunWithInputAsync(Manifest, "get", "endpointslices", "-", "-n", "shop", "-o", "yaml");
        TestConsole second = new();

        int code = await second.RunWithInputAsync(first.Output, "get", "endpointslices", "-", "-n", "shop", "-o", "yaml");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), second.Error);
        Assert.That(second.Output, Is.EqualTo(first.Output));
        Assert.That(first.Output, Does.Contain("forZones").And.Contains("forNodes").And.Contains("IPv6").And.Contains("h2c"));
    }

    [Test]
    public async Task Events_say_why_there_are_no_hints()
    {
        TestConsole console = new();
        const string Manifest =
            """
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, annotations: {service.kubernetes.io/topology-mode: Auto}}, spec: {selector: {app: web}, ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}
            """;

        await console.RunWithInputAsync(Manifest, "get", "events", "-");

        Assert.That(console.OutputLines[0], Does.Match("^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE$"));
        Assert.That(console.OutputLines[1], Does.Match(@"^0s +Warning +TopologyAwareHintsDisabled +service/web +Insufficient number of endpoints \(1 endpoints, 3 zones\), addressType: IPv4$"));
    }

    [Test]
    public async Task Standard_input_is_a_file_too()
    {
        TestConsole console = new();
        string manifest = await File.ReadAllTextAsync(Path.Combine(Sample, "echo.yaml"));

        int code = await console.RunWithInputAsync(manifest, "get", "services", "-", "-n", "service-types-demo");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.OutputLines[1..], Has.Length.EqualTo(5));
    }

    [Test]
    public async Task What_was_assumed_stands_on_standard_error()
    {
        TestConsole console = new();

        await console.RunAsync("get", "nodes", Path.Combine(Sample, "echo.yaml"));

        Assert.That(console.Error, Does.Contain("assumed: nodes"));
        Assert.That(console.Output, Does.Not.Contain("assumed"));
    }

    [Test]
    public async Task Every_mistake_of_a_file_is_named_at_once_with_its_position()
    {
        TestConsole console = new();
        const string Manifest =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              colour: red
              ports: [{port: 99999}]
            """;

        int code = await console.RunWithInputAsync(Manifest, "get", "services", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Output, Is.Empty);
        Assert.That(console.Error, Does.Match(@"(?m)^-:5:\d+: .*colour"));
        Assert.That(console.Error, Does.Match(@"(?m)^-:6:\d+: .*99999"));
        Assert.That(console.Error, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task A_kind_that_get_does_not_show_is_a_usage_error_that_lists_those_it_shows()
    {
        TestConsole console = new();

        int code = await console.RunAsync("get", "configmaps", Sample);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("services, pods, nodes, endpointslices"));
    }

    private static async Task<string> Printed(params string[] args)
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync(args), Is.EqualTo(ExitCodes.Done), console.Error);
        return console.Output;
    }
}
