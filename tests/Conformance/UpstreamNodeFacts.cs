using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>Facts of the node lifecycle controller's own tests as files: heartbeats, zones, taints and tolerations.</summary>
internal sealed class UpstreamNodeFacts
{
    private const double Second = 1e9;

    // Other rows are about what the simulator does not have: conditions besides Ready, NoSchedule taints of a failing node, tolerations that
    // change, garbage collection of pods.
    private static bool IsKnown(JsonNode row, JsonObject expected) => (string)row["kind"]! switch
    {
        "heartbeat" => expected.ContainsKey("ready"),
        "taint" => expected.ContainsKey("add") && (string?)expected["effect"] != "NoSchedule",
        "zoneState" or "evictionRate" or "toleration" => true,
        _ => false,
    };

    [Test]
    public void The_node_controller_decides_as_its_tests_say()
    {
        JsonArray rows = JsonNode.Parse(File.ReadAllText(UpstreamFacts.Find("controllers/nodes.json")))!["rows"]!.AsArray();
        JsonNode[] known = [.. rows.Where(row => IsKnown(row!, row!["expected"]!.AsObject())).Select(row => row!)];
        Assert.Multiple(() =>
        {
            foreach (JsonNode row in known)
                Check(row, row["expected"]!, (string)row["id"]!);
        });
        Assert.That(known, Has.Length.GreaterThan(20));
    }

    private static void Check(JsonNode row, JsonNode expected, string id)
    {
        switch ((string)row["kind"]!)
        {
            case "heartbeat":
                Assert.That(IsLost(row), Is.EqualTo((string?)expected["ready"] == "Unknown"), id);
                break;
            case "zoneState":
                foreach ((string zone, JsonNode? nodes) in row["zones"]!.AsObject())
                    Assert.That(ZoneDisruption.Default.StateOf((int)nodes!["ready"]!, (int)nodes["notReady"]!).ToString(), Is.EqualTo((string)expected[zone]!), id);
                break;
            case "evictionRate":
                Assert.That(RateOf(row), Is.EqualTo(expected["secondsBetweenNoExecuteTaints"] is { } between
                    ? 1 / (double)between
                    : (double)expected["nodesTaintedPerSecond"]!), id);
                break;
            case "taint":
                Assert.That(NodeTaint.Of((string?)row["ready"]), Is.EqualTo((string?)expected["add"]), id);
                break;
            case "toleration":
                Assert.That(NodeTaint.DeletedAfter([.. row["taints"]!.AsArray().Select(taint => TolerationOf(row, (string)taint!))]), Is.EqualTo((long?)expected["deletedAfterSeconds"]), id);
                break;
            default:
                Assert.Fail($"{id}: unknown kind");
                break;
        }
    }

    private static bool IsLost(JsonNode row) =>
        new NodeHeartbeat(Nanoseconds(row["settings"]!["nodeMonitorGracePeriodSeconds"])!.Value, Nanoseconds(row["settings"]!["nodeStartupGracePeriodSeconds"])!.Value).IsLost(
            (bool)row["kubeletEverPostedStatus"]!, Nanoseconds(row["nodeAgeSeconds"])!.Value,
            Nanoseconds(row["secondsSinceStatusChangeSeen"]), Nanoseconds(row["secondsSinceLeaseRenewalSeen"]));

    private static double RateOf(JsonNode row)
    {
        JsonNode settings = row["settings"]!;
        ZoneDisruption zones = ZoneDisruption.Default with
        {
            Rate = (double)settings["nodeEvictionRate"]!,
            SlowRate = (double)settings["secondaryNodeEvictionRate"]!,
            LargeZone = (int)settings["largeClusterSizeThreshold"]!,
        };
        ZoneState state = Enum.Parse<ZoneState>((string)row["zoneState"]!);
        bool isEveryZoneLost = state == ZoneState.FullDisruption && (string?)row["otherZonesState"] == nameof(ZoneState.FullDisruption);
        return zones.RateOf(state, (int)row["zoneNodes"]!, isEveryZoneLost);
    }

    private static (bool IsTolerated, long? Seconds) TolerationOf(JsonNode row, string taint)
    {
        JsonNode? toleration = row["tolerations"]!.AsArray().FirstOrDefault(item => (string)item!["taint"]! == taint);
        return (toleration is not null, (long?)toleration?["seconds"]);
    }

    private static long? Nanoseconds(JsonNode? seconds) => (long?)((double?)seconds * Second);
}
