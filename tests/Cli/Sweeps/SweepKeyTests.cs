using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>A finished point is found again by the hash of its input: whatever can change a result must change the hash, and nothing else should.</summary>
public sealed class SweepKeyTests
{
    private const string Manifests = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: web}]}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: NetworkProfile
        metadata: {name: ours}
        spec: {sameZone: {latency: 100us}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: CostProfile
        metadata: {name: kernel}
        spec: {nftables: {newConnection: 5us}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: PriceSheet
        metadata: {name: prices}
        spec: {region: here, asOf: "2026-01-01"}

        """;

    private const string Scenario = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: base}
        spec:
          manifests: [manifests.yaml]
          cluster: {backgroundServices: 1}
          network: ours
          costs: kernel
          workloads: [{name: all, from: nodes, to: "http://web/", arrivals: {poisson: {rate: 100/s}}}]
          run: {duration: 10s, warmup: 1s, replications: 2, seed: 42}
        """;

    private const string Sweep = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Sweep
        metadata: {name: grid}
        spec:
          scenario: scenario.yaml
          axes:
          - {field: cluster.nodes, values: [3]}
        """;

    [TestCase("manifests.yaml", "{app: web}, ports", "{app: api}, ports", TestName = "Another_selector_is_another_point")]
    [TestCase("manifests.yaml", "port: 80", "port: 81", TestName = "Another_manifest_is_another_point")]
    [TestCase("manifests.yaml", "latency: 100us", "latency: 101us", TestName = "Another_network_profile_is_another_point")]
    [TestCase("manifests.yaml", "newConnection: 5us", "newConnection: 6us", TestName = "Another_cost_profile_is_another_point")]
    [TestCase("manifests.yaml", "region: here", "region: there", TestName = "Another_price_sheet_is_another_point")]
    [TestCase("scenario.yaml", "rate: 100/s", "rate: 101/s", TestName = "Another_rate_is_another_point")]
    [TestCase("scenario.yaml", "name: all", "name: everybody", TestName = "Another_name_of_a_workload_is_another_point")]
    [TestCase("scenario.yaml", "seed: 42", "seed: 43", TestName = "Another_seed_is_another_point")]
    [TestCase("scenario.yaml", "replications: 2", "replications: 3", TestName = "Another_number_of_replications_is_another_point")]
    [TestCase("scenario.yaml", "duration: 10s", "duration: 11s", TestName = "Another_duration_is_another_point")]
    [TestCase("scenario.yaml", "warmup: 1s", "warmup: 2s", TestName = "Another_warm_up_is_another_point")]
    [TestCase("sweep.yaml", "[3]", "[4]", TestName = "Another_value_of_an_axis_is_another_point")]
    [TestCase("sweep.yaml", "cluster.nodes", "cluster.backgroundServices", TestName = "Another_field_of_an_axis_is_another_point")]
    [TestCase("sweep.yaml", "{field: cluster.nodes, values: [3]}", "{name: x, variants: [{name: a, set: {cluster.nodes: 3, cluster.backgroundServices: 2}}]}", TestName = "Another_field_that_a_variant_sets_is_another_point")]
    public void What_can_change_a_result_changes_the_hash(string file, string old, string changed) =>
        Assert.That(KeyAfter(file, old, changed), Is.Not.EqualTo(KeyAfter(file, old, old)));

    [TestCase("scenario.yaml", "kind: Scenario", "kind: Scenario # what we run", TestName = "A_comment_leaves_finished_points_finished")]
    [TestCase("scenario.yaml", "metadata: {name: base}", "metadata:\n    name:   \"base\"", TestName = "Layout_leaves_finished_points_finished")]
    [TestCase("manifests.yaml", "spec: {selector: {app: web}, ports: [{port: 80}]}", "spec:\n    selector:\n        app: web\n    ports:\n    - port: 80", TestName = "Indentation_leaves_finished_points_finished")]
    [TestCase("sweep.yaml", "[3]", "[3, 5, 7]", TestName = "Further_values_leave_finished_points_finished")]
    [TestCase("sweep.yaml", "scenario: scenario.yaml", "scenario: scenario.yaml\n  question: Why?\n  metrics: [p99_ms]", TestName = "A_question_and_metrics_leave_finished_points_finished")]
    [TestCase("sweep.yaml", "field: cluster.nodes", "name: nodes, field: cluster.nodes", TestName = "The_name_of_an_axis_leaves_finished_points_finished")]
    public void What_cannot_change_a_result_does_not_change_the_hash(string file, string old, string changed) =>
        Assert.That(KeyAfter(file, old, changed), Is.EqualTo(KeyAfter(file, old, old)));

    [Test]
    public void A_value_in_quotes_is_not_the_same_input_as_the_number()
    {
        using SweepFiles files = new();
        string Digest(string text) => ScenarioReader.Read([Write(files, "text.yaml", text)], null).Fingerprint;

        Assert.That(Digest("{apiVersion: v1, kind: ConfigMap, data: {a: \"1\"}}"), Is.Not.EqualTo(Digest("{apiVersion: v1, kind: ConfigMap, data: {a: 1}}")));
        Assert.That(Digest("{apiVersion: v1, kind: ConfigMap, data: [a, b]}"), Is.Not.EqualTo(Digest("{apiVersion: v1, kind: ConfigMap, data: [\"a,b\"]}")));
    }

    private static string KeyAfter(string file, string old, string changed)
    {
        using SweepFiles files = new();
        foreach ((string name, string text) in ((string, string)[])[("manifests.yaml", Manifests), ("scenario.yaml", Scenario), ("sweep.yaml", Sweep)])
        {
            if (name == file)
                Assert.That(text, Does.Contain(old));
            Write(files, name, name == file ? text.Replace(old, changed) : text);
        }
        SweepInputReading reading = SweepInputReading.Read(files.At("sweep.yaml"), [], null, 1, CancellationToken.None);
        Assert.That(reading.Input, Is.Not.Null, string.Join("\n", reading.Problems));
        return reading.Input!.Description.Points[0].Key;
    }

    private static string Write(SweepFiles files, string name, string text)
    {
        File.WriteAllText(files.At(name), text);
        return files.At(name);
    }
}
