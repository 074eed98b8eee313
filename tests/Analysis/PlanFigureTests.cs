using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>The picture of what a plan looked at.</summary>
public sealed class PlanFigureTests
{
    private static readonly Objective Latency = new("latency.p99 < 120ms", null, ObjectiveMetric.LatencyP99, 120);
    private static readonly Objective Errors = new("errors < 0.1%", null, ObjectiveMetric.Errors, 0.001);

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void It_names_the_answer_every_setting_and_the_limits()
    {
        string text = Draw(Plan(double.NaN, 150, 111));

        Assert.That(text, Does.Contain("replicas = 3 is the smallest that meets every objective").And.Contain("How many?"));
        Assert.That(text, Does.Contain("replicas = 1\n").And.Contain("replicas = 2\n").And.Contain("replicas = 3\n"));
        Assert.That(text, Does.Contain("queue grows").And.Contain("150ms").And.Contain("111ms").And.Contain("latency.p99 [ms]; dashed: its limit").And.Contain("errors [%]; dashed: its limit"));
        Assert.That(text, Does.Contain("met\n").And.Contain("missed\n").And.Contain("95% confidence"));
    }

    [Test]
    public void Where_nothing_meets_the_objectives_the_title_says_so() =>
        Assert.That(Draw(Plan(200, 300)), Does.Contain("No setting meets the objectives"));

    [Test]
    public void Of_many_settings_those_just_below_the_best_are_shown()
    {
        string text = Draw(Plan([.. Enumerable.Range(1, 40).Select(number => 5_000.0 / number)]));

        Assert.That(text, Does.Contain("replicas = 40\n").And.Contain("replicas = 25\n").And.Not.Contain("replicas = 24\n"));
        Assert.That(text, Does.Contain("16 of the 40 settings simulated"));
    }

    [Test]
    public void The_same_answer_is_the_same_bytes()
    {
        Draw(Plan(150, 111));
        byte[] first = File.ReadAllBytes(Path.Combine(_folder, "plan.png"));
        Draw(PlanResult.FromJson(PlanResult.ToJson(Plan(150, 111))));

        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "plan.png")), Is.EqualTo(first));
    }

    // Settings with these latencies [ms], NaN where the queue grows; the last one is the best where it is below the limit.
    private static PlanResult Plan(params double[] latencies)
    {
        PlanTrial[] trials = [.. latencies.Select((latency, number) => new PlanTrial(
            new PlanCandidate(number, [number], number + 1), number + 1, 5,
            [
                new ObjectiveResult(Latency, "web", latency, latency - 5, latency + 5, latency < 125 ? ObjectiveState.Met : ObjectiveState.Missed),
                new ObjectiveResult(Errors, "web", 0, 0, 0.0001, ObjectiveState.Met),
            ]))];
        return PlanResult.Of("sizing", "How many?", 0.95, ["replicas"], [.. trials.Select(trial => ImmutableArray.Create($"{trial.Size}"))], false,
            new PlanOutcome(trials[^1].IsMet ? trials[^1] : null, [.. trials], 0, 0), []);
    }

    private string Draw(PlanResult result)
    {
        PlanFigure.Write(result, "0.1.0+abc", _folder, FigureStyle.Light);
        return Regex.Replace(File.ReadAllText(Path.Combine(_folder, "plan.svg")), "\\s*<[^>]*>\\s*", "\n");
    }
}
