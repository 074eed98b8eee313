using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>A host that nothing declares does not answer, and every command agrees.</summary>
internal sealed class UnknownHostTests
{
    private const string Manifests =
        """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: prod}, spec: {serviceName: db, replicas: 2, selector: {matchLabels: {app: db}},
          template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: db, ports: [{containerPort: 5432}]}]}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: prod}, spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: partner, namespace: prod}, spec: {type: ExternalName, externalName: api.partner.example}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: caller, namespace: prod}, spec: {containers: [{name: c, image: c}]}}
        """;

    [TestCase("db.prdo", "did you mean 'db.prod'?", Description = "A misspelled namespace.")]
    [TestCase("db.prod.svc.cluster.locl", "did you mean 'db.prod'?")]
    [TestCase("api.example.com", "network.externalHosts: [api.example.com], or --external-host api.example.com")]
    public async Task A_name_that_does_not_exist_is_not_answered_and_the_message_says_what_was_meant(string host, string help)
    {
        TestConsole console = new();

        await console.RunWithInputAsync(Manifests, "trace", "-", "--from", "pod/prod/caller", "--to", $"http://{host}:5432/");

        Assert.That(console.Error, Does.Contain("NXDOMAIN").And.Contains(help));
        Assert.That(console.Output, Does.Not.Contain("answered by"));
    }

    [Test]
    public async Task Every_request_to_a_host_that_does_not_exist_fails_unresolved()
    {
        TestConsole console = new();
        const string Scenario =
            """
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: typo}
            spec:
              workloads: [{name: w, from: {pods: {namespace: prod, selector: {app: db}}}, to: "http://db.prdo/", arrivals: {constant: {rate: 10/s}}}]
              run: {duration: 5s, warmup: 0, replications: 1}
            """;

        await console.RunWithInputAsync(
            $"{Manifests}\n{Scenario}", "run", "-", "-o", "json");
        JsonNode workload = JsonNode.Parse(console.Output)!["workloads"]![0]!;

        Assert.That((long)workload["requests"]!, Is.GreaterThan(0));
        Assert.That((long)workload["failed"]!["unresolved"]!, Is.EqualTo((long)workload["requests"]!));
    }

    [TestCase("api.example.com")]
    [TestCase("*.example.com")]
    public async Task A_declared_host_answers(string declared)
    {
        TestConsole trace = new();
        TestConsole resolve = new();

        Assert.That(await trace.RunWithInputAsync(Manifests, "trace", "-", "--from", "pod/prod/caller", "--to", "http://api.example.com/", "--external-host", declared), Is.Zero);
        Assert.That(await resolve.RunWithInputAsync(Manifests, "resolve", "api.example.com", "-", "--external-host", declared), Is.Zero);

        Assert.That(trace.Output, Does.Contain("answered by api.example.com"));
        Assert.That(resolve.Output, Does.Contain("NOERROR").And.Contains("assumed: the host api.example.com is outside the cluster"));
    }

    [Test]
    public async Task The_target_of_an_ExternalName_Service_exists()
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Manifests, "resolve", "api.partner.example", "-"), Is.Zero);
        Assert.That(console.Output, Does.Contain("NOERROR").And.Contains("Service prod/partner points to it"));
    }

    [Test]
    public async Task The_name_of_a_StatefulSet_pod_that_is_not_there_does_not_answer()
    {
        TestConsole first = new();
        TestConsole third = new();
        TestConsole resolve = new();

        await first.RunWithInputAsync(Manifests, "trace", "-", "--from", "pod/prod/caller", "--to", "tcp://db-0.db.prod:5432");
        await third.RunWithInputAsync(Manifests, "trace", "-", "--from", "pod/prod/caller", "--to", "tcp://db-2.db.prod:5432");
        await resolve.RunWithInputAsync(Manifests, "resolve", "db-2.db.prod", "-", "--from", "prod");

        Assert.That(first.Output, Does.Contain("answered by prod/db-0"));
        Assert.That(third.Output, Does.Not.Contain("answered by"));
        Assert.That(resolve.Output, Does.Contain("status: NXDOMAIN"));
    }

    [TestCase("internet", "client -> api.example.com")]
    [TestCase("{pods: {namespace: prod, selector: {app: caller}}}", "pod -> DNS -> api.example.com")]
    public async Task The_path_to_a_declared_host_shows_its_name_and_no_made_up_address(string from, string path)
    {
        string documents = Manifests.Replace("name: caller, namespace: prod", "name: caller, namespace: prod, labels: {app: caller}", StringComparison.Ordinal) + $$"""

            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: s}
            spec:
              network: {externalHosts: [api.example.com]}
              workloads: [{name: w, from: {{from}}, to: "https://api.example.com/", arrivals: {poisson: {rate: 50/s} } }]
              run: {duration: 1s, warmup: 0s, replications: 1}
            """;
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(documents, "run", "-", "-o", "json"), Is.Zero, console.Error);
        Assert.That(console.Output, Does.Contain($"\"path\": \"{path}\"").And.Not.Contain("198.51.100."));
    }

    [Test]
    public async Task A_declared_host_must_be_a_name()
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Manifests, "trace", "-", "--from", "pod/prod/caller", "--to", "http://api.example.com/", "--external-host", "http://x"), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--external-host 'http://x' is no host name"));
    }
}
