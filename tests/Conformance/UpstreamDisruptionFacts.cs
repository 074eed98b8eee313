using System.Text.Json.Nodes;
using KubeNetSim.Model.Controllers.Disruptions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>Facts of the disruption controller's and the eviction API's own tests as files: a budget and pods in, the status or an answer out.</summary>
internal sealed class UpstreamDisruptionFacts
{
    [Test]
    public void Budgets_and_the_eviction_API_decide_as_their_tests_say()
    {
        JsonArray rows = JsonNode.Parse(File.ReadAllText(UpstreamFacts.Find("controllers/disruption.json")))!["rows"]!.AsArray();
        Assert.Multiple(() =>
        {
            foreach (JsonNode? row in rows)
                Check(row!, row!["expected"]!);
        });
        Assert.That(rows, Has.Count.GreaterThan(20));
    }

    private static void Check(JsonNode row, JsonNode expected)
    {
        string id = (string)row["id"]!;
        switch ((string)row["kind"]!)
        {
            case "budget":
                IsStatus(expected, Budget(row).StatusOf(
                    (int)row["selectedPods"]!, (int)row["healthyPods"]!, row["ownersReplicas"]!.AsArray().Sum(count => (int)count!)), id);
                Assert.That(expected["event"] is null || (Budget(row).CountsControllers && (int)row["podsWithoutOwner"]! > 0), id);
                break;
            case "inFlight":
                CheckInFlight(row, expected, id);
                break;
            case "eviction":
                CheckEviction(row, expected, id);
                break;
            default:
                Assert.Fail($"{id}: unknown kind");
                break;
        }
    }

    private static void CheckInFlight(JsonNode row, JsonNode expected, string id)
    {
        JsonNode granted = row["evictionGrantedSecondsAgo"]!;
        JsonArray pods = row["pods"]!.AsArray();
        string[] inFlight =
        [
            .. pods.Where(pod => granted[(string)pod!["name"]!] is { } ago && DisruptionBudget.IsInFlight(IsTrue(pod!["deleting"]), (long)ago * 1_000_000_000))
                .Select(pod => (string)pod!["name"]!),
        ];
        int healthy = pods.Count(pod => IsTrue(pod!["ready"]) && !IsTrue(pod!["deleting"]) && !inFlight.Contains((string)pod!["name"]!));

        Assert.That(inFlight, Is.EqualTo(expected["stillInFlight"]!.AsArray().Select(name => (string)name!)), id);
        IsStatus(expected, Budget(row).StatusOf(pods.Count, healthy, 0), id);
    }

    private static void CheckEviction(JsonNode row, JsonNode expected, string id)
    {
        (JsonNode pod, JsonNode budget) = (row["pod"]!, row["budget"]!);
        DisruptionStatus status = new((int)budget["disruptionsAllowed"]!, (int)budget["currentHealthy"]!, (int)budget["desiredHealthy"]!, 0);

        Eviction eviction = Eviction.Of(
            new EvictedPod(IsTrue(pod["ready"]), (string)pod["phase"]! != "Running", IsTrue(pod["terminating"])),
            (int?)pod["budgets"] ?? 1, status, (string?)row["unhealthyPodEvictionPolicy"] == "AlwaysAllow");

        Assert.That(eviction.IsAllowed, Is.EqualTo((bool)expected["allowed"]!), id);
        if (expected["status"] is { } code)
            Assert.That((int)eviction.Verdict, Is.EqualTo((int)code), id);
        if (expected["disruptionsAllowedAfter"] is { } after)
            Assert.That(eviction.Status.DisruptionsAllowed, Is.EqualTo((int)after), id);
    }

    private static void IsStatus(JsonNode expected, DisruptionStatus status, string id)
    {
        Assert.That(status.DisruptionsAllowed, Is.EqualTo((int)expected["disruptionsAllowed"]!), id);
        foreach ((string field, int value) in ((string, int)[])[("currentHealthy", status.CurrentHealthy), ("desiredHealthy", status.DesiredHealthy), ("expectedPods", status.ExpectedPods)])
            if (expected[field] is { } wanted)
                Assert.That(value, Is.EqualTo((int)wanted), $"{id}: {field}");
    }

    private static DisruptionBudget Budget(JsonNode row) => new(Amount(row["minAvailable"]), Amount(row["maxUnavailable"]));

    private static IntOrPercent? Amount(JsonNode? node) => node is null ? null : IntOrPercent.Parse(node.ToString());

    private static bool IsTrue(JsonNode? node) => node is not null && (bool)node;
}
