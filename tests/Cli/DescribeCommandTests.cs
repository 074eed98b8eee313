using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary><c>describe</c>, and what <c>get</c> has from kubectl besides.</summary>
public sealed class DescribeCommandTests
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop, labels: {tier: front} }
        spec:
          replicas: 2
          selector: {matchLabels: {app: web} }
          template: {metadata: {labels: {app: web, tier: front} }, spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]} }
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          replicas: 1
          serviceName: db
          selector: {matchLabels: {app: db} }
          template: {metadata: {labels: {app: db} }, spec: {containers: [{name: c, image: c}]} }
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent, namespace: ops}
        spec:
          selector: {matchLabels: {app: agent} }
          template: {metadata: {labels: {app: agent} }, spec: {containers: [{name: c, image: c}]} }
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """;

    [Test]
    public async Task A_Service_is_described_with_its_fields_its_endpoints_and_its_events()
    {
        string[] printed = await Printed("describe", "svc/web", "-");

        Assert.That(printed, Does.Contain("Name:         web").And.Contain("Namespace:    shop").And.Contain("  Type:  LoadBalancer").And.Contain("    Target Port:  8080"));
        Assert.That(printed.Single(line => line.StartsWith("Endpoints:", StringComparison.Ordinal)), Does.Match(@"^Endpoints:  10\.244\.\d+\.\d+:8080,10\.244\.\d+\.\d+:8080$"));
        Assert.That(printed, Has.Some.StartsWith("Events:"));
    }

    [TestCase("describe", "svc", "web", "-f", "-")]
    [TestCase("describe", "service/shop/web", "-")]
    [TestCase("describe", "services", "-n", "shop", "-")]
    public async Task The_object_is_named_as_kubectl_names_it(params string[] args) => Assert.That((await Printed(args))[0], Is.EqualTo("Name:         web"));

    [Test]
    public async Task The_beginning_of_a_pods_name_is_enough() =>
        Assert.That((await Printed("describe", "pod/web", "-")).Count(line => line.StartsWith("Name:         web-", StringComparison.Ordinal)), Is.EqualTo(2));

    [Test]
    public async Task Deployments_and_their_kin_have_kubectls_columns()
    {
        Assert.That(await Printed("get", "deployments", "-", "-n", "shop"), Is.EqualTo((string[])["NAME   READY   UP-TO-DATE   AVAILABLE   AGE", "web    2/2     2            2           0s"]));
        Assert.That(await Printed("get", "sts", "-"), Is.EqualTo((string[])["NAME   READY   AGE", "db     1/1     0s"]));
        Assert.That((await Printed("get", "ds", "-"))[1], Does.Match("^agent   3 +3 +3 +3 +3 +<none> +0s$"));
    }

    [TestCase("app=web", 2)]
    [TestCase("app==web,tier=front", 2)]
    [TestCase("app!=web,app!=agent", 3, "CoreDNS has two pods")]
    [TestCase("app in (web, db)", 3)]
    [TestCase("app notin (web,db,agent),app", 0)]
    [TestCase("tier", 2)]
    [TestCase("!app", 2, "CoreDNS")]
    public async Task A_selector_chooses_by_labels(string selector, int pods, string why = "")
    {
        string[] printed = await Printed("get", "pods", "-", "-l", selector, "-A");

        Assert.That(printed.Count(line => line.Length > 0) - (pods > 0 ? 1 : 0), Is.EqualTo(pods), why);
    }

    [Test]
    public async Task A_selector_that_is_none_is_an_error()
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Shop, "get", "pods", "-", "-l", "app=web=x"), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("'app=web=x' is no selector"));
    }

    [Test]
    public async Task A_deployment_can_be_read_back()
    {
        string yaml = string.Join('\n', await Printed("get", "deploy", "-", "-n", "shop", "-o", "yaml"));
        TestConsole again = new();

        Assert.That(await again.RunWithInputAsync(yaml, "get", "deploy", "-", "-n", "shop"), Is.EqualTo(ExitCodes.Done), again.Error);
        Assert.That(again.OutputLines[1], Does.StartWith("web    2/2"));
    }

    private static async Task<string[]> Printed(params string[] args)
    {
        TestConsole console = new();
        Assert.That(await console.RunWithInputAsync(Shop, args), Is.EqualTo(ExitCodes.Done), console.Error);
        return console.OutputLines;
    }
}
