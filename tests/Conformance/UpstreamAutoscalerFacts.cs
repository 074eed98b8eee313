using System.Collections.Immutable;
using System.Text.Json.Nodes;
using KubeNetSim.Model.Controllers.Autoscaling;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>Facts of the HorizontalPodAutoscaler controller's own tests as files: bounds, policies, windows and growth.</summary>
internal sealed class UpstreamAutoscalerFacts
{
    private const long Second = 1_000_000_000;

    // What the simulator does not have yet: advice from other metrics than CPU, and a whole sync.
    private static readonly HashSet<string> Absent = ["metric", "reconcile", "multi", "scaleToZero"];

    [Test]
    public void The_autoscaler_bounds_a_size_as_its_tests_say()
    {
        JsonArray rows = JsonNode.Parse(File.ReadAllText(UpstreamFacts.Find("controllers/hpa.json")))!["rows"]!.AsArray();
        JsonNode[] known = [.. rows.Where(row => !Absent.Contains((string)row!["kind"]!)).Select(row => row!)];
        Assert.Multiple(() =>
        {
            foreach (JsonNode row in known)
                Check(row, row["expected"]!, (string)row["id"]!);
        });
        Assert.That(known, Has.Length.GreaterThan(40));
    }

    private static void Check(JsonNode row, JsonNode expected, string id)
    {
        switch ((string)row["kind"]!)
        {
            case "limits":
                IsBound(expected, Limits(row, null), row, ScalingHistory.Empty, id);
                break;
            case "behavior":
                IsBound(expected, Limits(row, (Rules(row["scaleUp"]!, isUp: true), Rules(row["scaleDown"]!, isUp: false))), row, new(Events(row["scaleUpEvents"]), Events(row["scaleDownEvents"])), id);
                break;
            case "stabilization":
                Assert.That(Stabilized(row), Is.EqualTo((int)expected["replicas"]!), id);
                break;
            case "scaleEvents":
                Assert.That(ScalingHistory.ChangeIn(Events(row["events"]), (long)row["periodSeconds"]! * Second, 0), Is.EqualTo((int)expected["changeInPeriod"]!), id);
                break;
            case "growth":
                Assert.That(Growth(row, expected["sizes"]!.AsArray().Count), Is.EqualTo(expected["sizes"]!.AsArray().Select(size => (int)size!)), id);
                break;
            case "cpuUtilization":
                CheckAdvice(row, expected, id);
                break;
            case "podClass":
                Assert.That(ClassOf(row).ToString().ToLowerInvariant(), Is.EqualTo((string)expected["class"]!), id);
                break;
            default:
                Assert.Fail($"{id}: unknown kind");
                break;
        }
    }

    private static void IsBound(JsonNode expected, ScalingLimits limits, JsonNode row, ScalingHistory history, string id)
    {
        (int replicas, ScalingReason reason) = limits.Bound((int)row["currentReplicas"]!, (int)row["desired"]!, history, 0);
        Assert.That((replicas, reason.ToString()), Is.EqualTo(((int)expected["replicas"]!, (string)expected["reason"]!)), id);
    }

    private static int Stabilized(JsonNode row)
    {
        Stabilization.Advice[] earlier = [.. row["recommendations"]!.AsArray().Select(item => new Stabilization.Advice((int)item!["replicas"]!, (long)item["ageSeconds"]! * Second))];
        int desired = (int)row["desired"]!;
        return row["windowSeconds"] is { } window
            ? Stabilization.Of(desired, earlier, (long)window * Second)
            : Stabilization.Of((int)row["currentReplicas"]!, desired, earlier, (long)row["scaleUpWindowSeconds"]! * Second, (long)row["scaleDownWindowSeconds"]! * Second);
    }

    private static List<int> Growth(JsonNode row, int count)
    {
        ScalingLimits limits = Limits(row, row["behavior"] is { } behavior ? (Rules(behavior, isUp: true), ScalingRules.DefaultDown) : null);
        ScalingHistory history = ScalingHistory.Empty;
        List<int> sizes = [(int)row["currentReplicas"]!];
        for (long now = 0; sizes.Count < count; now += (long)row["syncSeconds"]! * Second)
        {
            int next = limits.Bound(sizes[^1], (int)row["desired"]!, history, now).Replicas;
            history = history.With(sizes[^1], next, now);
            sizes.Add(next);
        }
        return sizes;
    }

    private static void CheckAdvice(JsonNode row, JsonNode expected, string id)
    {
        UtilizationAdvice? advice = UtilizationAdvice.Of(
            (int)row["currentReplicas"]!, [.. row["pods"]!.AsArray().Select(pod => PodOf(pod!))], (int)row["targetUtilization"]!, (double)row["tolerance"]!);
        if (expected["error"] is not null)
            Assert.That(advice, Is.Null, id);
        else
            Assert.That(advice, Is.EqualTo(new UtilizationAdvice((int)expected["replicas"]!, (int)expected["utilization"]!)), id);
    }

    private static AutoscaledPod PodOf(JsonNode pod)
    {
        bool isGone = (string?)pod["phase"] == "Failed" || IsTrue(pod["deleting"]);
        bool isUnready = (string?)pod["phase"] == "Pending" || (pod["everReady"] is { } ever && !(bool)ever);
        MetricClass kind = isGone ? MetricClass.Ignored : isUnready ? MetricClass.Unready : pod["usageMilli"] is null ? MetricClass.Missing : MetricClass.Ready;
        return new AutoscaledPod(kind, (long?)pod["requestMilli"], (long?)pod["usageMilli"]);
    }

    private static MetricClass ClassOf(JsonNode row) =>
        new PodClassification(Nanoseconds(row["settings"]!["cpuInitializationPeriodSeconds"]) ?? 0, Nanoseconds(row["settings"]!["initialReadinessDelaySeconds"]) ?? 0)
            .Of(new AutoscaledPodState(
                (string?)row["phase"] == "Failed" || IsTrue(row["deleting"]), (string?)row["phase"] == "Pending", IsTrue(row["metric"]), (bool?)row["readyCondition"],
                Nanoseconds(row["ageSeconds"]), Nanoseconds(row["secondsSinceTransition"]) ?? 0, Nanoseconds(row["metricAgeSeconds"]) ?? 0, Nanoseconds(row["metricWindowSeconds"]) ?? 0));

    private static long? Nanoseconds(JsonNode? seconds) => (long?)((double?)seconds * Second);

    private static bool IsTrue(JsonNode? node) => node is not null && (bool)node;

    private static ScalingLimits Limits(JsonNode row, (ScalingRules, ScalingRules)? behavior) =>
        new((int?)row["minReplicas"] ?? 1, (int)row["maxReplicas"]!, behavior);

    private static ScalingRules Rules(JsonNode rules, bool isUp) => rules is JsonValue
        ? isUp ? ScalingRules.DefaultUp : ScalingRules.DefaultDown
        : new ScalingRules(
            [.. rules["policies"]!.AsArray().Select(policy => new ScalingPolicy(
                new IntOrPercent((int)policy!["value"]!, (string)policy["type"]! == "Percent"), (long)policy["periodSeconds"]! * Second))],
            Enum.Parse<PolicyChoice>((string)rules["selectPolicy"]!), (long)rules["stabilizationWindowSeconds"]! * Second);

    private static ImmutableArray<ScalingEvent> Events(JsonNode? events) => events is null ? [] :
        [.. events.AsArray().Select(item => new ScalingEvent((int)item!["change"]!, -(long)((double)item["ageSeconds"]! * Second)))];
}
