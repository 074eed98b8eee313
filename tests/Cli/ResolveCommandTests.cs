using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary><c>resolve</c>.</summary>
public sealed class ResolveCommandTests
{
    [Test]
    public async Task It_prints_the_search_path_and_the_answer_as_dig_does()
    {
        TestConsole console = new();
        string manifest = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.77, ports: [{port: 80}]}}";

        int code = await console.RunWithInputAsync(manifest, "resolve", "web.shop", "-", "--from", "default");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines[0], Is.EqualTo("; web.shop.default.svc.cluster.local. A: NXDOMAIN"));
        Assert.That(console.OutputLines, Has.Some.EqualTo(";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0"));
        Assert.That(console.OutputLines, Has.Some.EqualTo("web.shop.svc.cluster.local.\t5\tIN\tA\t10.96.0.77"));
    }

    [Test]
    public async Task It_says_how_long_to_believe_that_a_name_has_no_such_records()
    {
        TestConsole console = new();
        string manifest = "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.77, ports: [{port: 80}]}}";

        int code = await console.RunWithInputAsync(manifest, "resolve", "web", "-", "--from", "shop", "--type", "AAAA");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines, Has.Some.EqualTo(";; ->>HEADER<<- opcode: QUERY, status: NOERROR"), "that one of the names exists counts more than that others do not");
        Assert.That(console.OutputLines, Has.Some.EqualTo("cluster.local.\t5\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 5"));
    }

    [Test]
    public async Task It_prints_the_TTL_of_the_Corefile()
    {
        TestConsole console = new();
        string manifests = """
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.77, ports: [{port: 80}]}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: coredns, namespace: kube-system}
            data:
              Corefile: |
                .:53 {
                    kubernetes cluster.local {
                        ttl 30
                    }
                }
            """;

        await console.RunWithInputAsync(manifests, "resolve", "web", "-", "--from", "shop");
        await console.RunWithInputAsync(manifests, "resolve", "web", "-", "--from", "shop", "--type", "AAAA");

        Assert.That(console.OutputLines, Has.Some.EqualTo("web.shop.svc.cluster.local.\t30\tIN\tA\t10.96.0.77"));
        Assert.That(console.OutputLines, Has.Some.EqualTo("cluster.local.\t30\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 0 7200 1800 86400 30"));
    }
}
