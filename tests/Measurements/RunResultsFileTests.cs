using System.Text.Json;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Analysis;
using NUnit.Framework;

namespace KubeNetSim.Tests.Measurements;

public sealed class RunResultsFileTests
{
    [Test]
    public void The_promised_names_are_in_the_file()
    {
        using JsonDocument document = JsonDocument.Parse(Text(Results()));
        JsonElement root = document.RootElement;
        JsonElement workload = root.GetProperty("workloads")[0];

        Assert.That(Names(root), Is.SupersetOf((string[])[
            "scenario", "seed", "replications", "simulatedSeconds", "wallSeconds", "requests", "events", "workloads", "nodes", "cost"]));
        Assert.That(Names(workload), Is.SupersetOf((string[])[
            "name", "from", "to", "path", "pathHops", "requests", "succeeded", "failed", "latencyMs", "latencyCI95Ms", "breakdownMs", "hopsMean",
            "crossNodeShare", "crossZoneShare", "crossZoneBytes", "clientIPPreserved", "backends"]));
        Assert.That(Names(workload.GetProperty("failed")), Is.EqualTo((string[])["refused", "dropped", "timedOut", "overflowed", "unresolved"]));
        Assert.That(Names(workload.GetProperty("latencyMs")), Is.EqualTo((string[])["mean", "p50", "p90", "p99", "p999", "max"]));
        Assert.That(Names(workload.GetProperty("latencyCI95Ms")), Is.EqualTo((string[])["mean", "p99"]));
        Assert.That(Names(workload.GetProperty("breakdownMs")), Is.EqualTo((string[])[
            "dns", "connect", "loadBalancer", "rules", "network", "queue", "service"]));
        Assert.That(Names(workload.GetProperty("backends")[0]), Is.EqualTo((string[])["pod", "node", "zone", "requests"]));
    }

    [Test]
    public void Reading_what_was_written_gives_the_same_bytes_again()
    {
        string written = Text(Results());

        Assert.That(Text(RunResultsFile.FromJson(written, "results.json")), Is.EqualTo(written));
    }

    [Test]
    public void The_time_on_the_wall_never_reaches_the_file() =>
        Assert.That(Text(Results() with { WallSeconds = 12.5 }), Is.EqualTo(Text(Results())));

    [Test]
    public void An_arrow_in_a_path_stays_an_arrow() => Assert.That(Text(Results()), Does.Contain("client -> AWS Network Load Balancer"));

    [Test]
    public void A_path_is_hops_with_a_kind_and_a_text_and_printed_from_them()
    {
        using JsonDocument document = JsonDocument.Parse(Text(Results()));
        JsonElement workload = document.RootElement.GetProperty("workloads")[0];
        JsonElement[] hops = [.. workload.GetProperty("pathHops").EnumerateArray()];

        Assert.That(hops.Select(hop => hop.GetProperty("kind").GetString()), Is.EqualTo((string[])["client", "loadBalancer", "nodePort", "dnatAndSnat", "endpoint"]));
        Assert.That(string.Join(" -> ", hops.Select(hop => hop.GetProperty("text").GetString())), Is.EqualTo(workload.GetProperty("path").GetString()));
    }

    [Test]
    public void A_file_of_a_version_without_hops_is_read()
    {
        JsonNode root = JsonNode.Parse(Text(Results()))!;
        foreach (JsonNode? workload in root["workloads"]!.AsArray())
            workload!.AsObject().Remove("pathHops");

        RunResults read = RunResultsFile.FromJson(root.ToJsonString(), "results.json");

        Assert.That(read.Workloads.Select(workload => workload.PathHops.IsEmpty), Is.All.True);
        Assert.That(read.Workloads[0].Path, Is.EqualTo(Results().Workloads[0].Path));
    }

    [TestCase("{", "results.json:1:", Description = "cut off")]
    [TestCase("null", "results.json:1:1: the file holds no results")]
    [TestCase("{\"workloads\": null}", "results.json:1:")]
    [TestCase("[]", "results.json:1:")]
    [TestCase("{\"scenario\": \"a\"}", "missing required properties")]
    [TestCase("{\n  \"seed\": \"x\"}", "results.json:2:")]
    public void A_file_that_holds_no_results_is_refused_with_its_place(string json, string expected)
    {
        Assert.That(
            () => RunResultsFile.FromJson(json, "results.json"),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(expected).And.Message.Not.Contains("BytePosition"));
    }

    private static RunResults Results() => RunSummary.Combine(Fabricated.Description,
    [
        Fabricated.Replication(0, Fabricated.Workload("shoppers", 1_000_000, 2_000_000)),
        Fabricated.Replication(1, Fabricated.Workload("shoppers", 1_500_000, 2_500_000)),
    ]);

    private static string Text(RunResults results) => RunResultsFile.ToJson(results);

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
