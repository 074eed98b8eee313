using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Facts of the Deployment controller's own tests as files: sizes in, sizes out. The most important of them are in
/// <see cref="Controllers.RollingUpdateTests"/> as well, which needs no files.
/// </summary>
internal sealed class UpstreamRolloutFacts
{
    // What the simulator does not have: conditions of a Deployment's status, its history, and phases of pods.
    private static readonly HashSet<string> Absent =
        ["complete", "progressing", "timed-out", "deadline-recheck", "progress-condition", "history", "recreate-waits"];

    [Test]
    public void The_deployment_controller_decides_as_its_tests_say()
    {
        JsonArray rows = JsonNode.Parse(File.ReadAllText(UpstreamFacts.Find("controllers/rollout.json")))!["rows"]!.AsArray();
        int checkedRows = 0;
        Assert.Multiple(() =>
        {
            foreach (JsonNode? row in rows.Where(row => !Absent.Contains((string)row!["rule"]!)))
            {
                Check(row!, row!["expected"]!);
                checkedRows++;
            }
        });
        Assert.That(checkedRows, Is.GreaterThan(40));
    }

    private static void Check(JsonNode row, JsonNode expected)
    {
        string id = (string)row["id"]!;
        switch ((string)row["rule"]!)
        {
            case "fenceposts" when expected["error"] is not null:
                Assert.That(IntOrPercent.Parse(Text(row["maxSurge"])) is null || IntOrPercent.Parse(Text(row["maxUnavailable"])) is null, id);
                break;
            case "fenceposts":
                Assert.That(Update(row).Fenceposts, Is.EqualTo(((int)expected["maxSurge"]!, (int)expected["maxUnavailable"]!)), id);
                break;
            case "effective-max-unavailable":
                Assert.That(Update(row).MaxUnavailable, Is.EqualTo((int)expected["maxUnavailable"]!), id);
                break;
            case "new-replica-count" or "reconcile-new":
                Assert.That(Update(row).NextOfNew(New(row).Replicas, Old(row).Sum(set => set.Replicas)), Is.EqualTo((int)expected["newReplicas"]!), id);
                break;
            case "reconcile-old":
                IsOld(expected, Update(row).NextOfOld(Old(row), New(row)), id);
                break;
            case "cleanup-unhealthy":
                IsOld(expected, RollingUpdate.CleanUp(Old(row), (int)row["maxCleanup"]!), id);
                break;
            case "scale-down-old":
                IsOld(expected, Update(row).ScaleDown([.. Old(row).Select(set => set.Replicas)], Old(row).Sum(set => set.Available) + New(row).Available), id);
                break;
            case "recreate-scale-down":
                IsOld(expected, DeploymentSizes.Next(Deployment(row), Old(row), default, 0).Old, id);
                break;
            case "proportional-scaling":
                CheckScaling(row, expected, id);
                break;
            case "trace" or "trace-stuck":
                CheckTrace(row, expected, id);
                break;
            case "trace-waves":
                CheckWaves(row, expected, id);
                break;
            default:
                Assert.Fail($"{id}: there is no check for the rule {row["rule"]}");
                break;
        }
    }

    private static void CheckScaling(JsonNode row, JsonNode expected, string id)
    {
        ReplicaSetSize[] old = Old(row);
        bool hasNew = row["new"] is not null;
        int[] sizes = [.. hasNew ? [New(row).Replicas] : Array.Empty<int>(), .. old.Select(set => set.Replicas)];
        int before = (int)row["previous"]!["replicas"]! + (int)row["previous"]!["maxSurge"]!;
        int[] next = sizes.Length == 1 ? [(int)row["replicas"]!]
            : ProportionalScaling.Next(sizes, (int)row["replicas"]!, Update(row).MaxSurge, before);
        if (hasNew)
            Assert.That(next[0], Is.EqualTo((int)expected["newReplicas"]!), id);
        Assert.That(next.Skip(hasNew ? 1 : 0), Is.EqualTo(expected["oldReplicas"]!.AsArray().Select(size => (int)size!)), id);
    }

    private static void CheckTrace(JsonNode row, JsonNode expected, string id)
    {
        RollingUpdate update = Update(row);
        bool becomeReady = (bool)row["newPodsBecomeReady"]!;
        (int old, int now) = ((int)row["replicas"]!, 0);
        List<string> steps = [];
        while (true)
        {
            int available = becomeReady ? now : 0;
            int next = update.NextOfNew(now, old);
            int left = next == now ? update.NextOfOld([new ReplicaSetSize(old, old)], new ReplicaSetSize(now, available))[0] : old;
            if ((left, next) == (old, now))
                break;
            steps.Add($"{(next != now ? "new" : "old")} {left}/{next}");
            (old, now) = (left, next);
        }
        Assert.That(steps, Is.EqualTo(expected["steps"]!.AsArray().Select(step => $"{step!["act"]} {step["old"]}/{step["new"]}")), id);
        Assert.That((old, now), Is.EqualTo(((int)expected["final"]!["old"]!, (int)expected["final"]!["new"]!)), id);
    }

    private static void CheckWaves(JsonNode row, JsonNode expected, string id)
    {
        PodController web = Deployment(row);
        (int old, int now) = (web.Replicas, 0);
        foreach (JsonNode? wave in expected["waves"]!.AsArray())
        {
            int available = now;
            (int[] sizes, now) = DeploymentSizes.Next(web, [new ReplicaSetSize(old, old)], new ReplicaSetSize(now, now), oldPodsLeaving: 0);
            old = sizes[0];
            Assert.That((old, now), Is.EqualTo(((int)wave!["old"]!, (int)wave["new"]!)), id);
            Assert.That(old + available, Is.GreaterThanOrEqualTo((int)expected["minAvailable"]!), id);
            Assert.That(old + now, Is.LessThanOrEqualTo((int)expected["maxTotal"]!), id);
        }
    }

    // One old ReplicaSet stands for all, where the row has no list.
    private static void IsOld(JsonNode expected, int[] sizes, string id)
    {
        if (expected["oldReplicas"] is JsonArray list)
            Assert.That(sizes, Is.EqualTo(list.Select(size => (int)size!)), id);
        else
            Assert.That(sizes.Sum(), Is.EqualTo((int)expected["oldReplicas"]!), id);
    }

    private static RollingUpdate Update(JsonNode row) => new((int?)row["replicas"] ?? 0, Deployment(row).Rollout);

    private static PodController Deployment(JsonNode row) => new()
    {
        Kind = PodControllerKind.Deployment,
        Meta = new ObjectMeta { Namespace = "ns", Name = "web", Origin = ObjectOrigin.Generated },
        Replicas = (int?)row["replicas"] ?? 0,
        Template = new PodSpec(),
        Rollout = new RolloutStrategy
        {
            Recreate = (string?)row["strategy"] == "Recreate",
            MaxSurge = Amount(row["maxSurge"]),
            MaxUnavailable = Amount(row["maxUnavailable"]),
        },
    };

    private static IntOrPercent Amount(JsonNode? node) => node is null ? default : IntOrPercent.Parse(Text(node))!.Value;

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static ReplicaSetSize New(JsonNode row) => row["new"] is { } set ? Size(set) : default;

    private static ReplicaSetSize[] Old(JsonNode row) => row["old"] switch
    {
        JsonArray list => [.. list.Select(set => Size(set!))],
        { } one => [Size(one)],
        null => [],
    };

    private static ReplicaSetSize Size(JsonNode set) => new((int)set["replicas"]!, (int?)set["available"] ?? 0);
}
