using System.Collections.Immutable;
using CsCheck;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>The search against trying everything, in worlds whose answer is known.</summary>
public sealed class PlanSearchTests
{
    private static readonly Objective Anything = new("latency.p99 < 1ms", null, ObjectiveMetric.LatencyP99, 1);

    [Test]
    public void The_smallest_that_meets_is_found_whatever_the_world_is_like() =>
        Gen.Bool.Array[1, 40].Sample(meets =>
        {
            ImmutableArray<PlanCandidate> candidates = [.. meets.Select((_, place) => new PlanCandidate(place, [place], place + 1))];

            PlanOutcome outcome = PlanSearch.Run(candidates, [], candidate => Trial(candidate, meets[candidate.Number]));

            Assert.That(outcome.Best?.Candidate.Number ?? -1, Is.EqualTo(Array.IndexOf(meets, true)));
            Assert.That(outcome.Trials.Length + outcome.Larger + outcome.Ruled, Is.EqualTo(meets.Length));
        });

    [Test]
    public void Among_servers_of_one_station_the_search_halves() =>
        Gen.Int[0, 1_000].Sample(least =>
        {
            ImmutableArray<PlanCandidate> candidates = [.. Enumerable.Range(0, 1_000).Select(place => new PlanCandidate(place, [place], place + 1))];

            PlanOutcome outcome = PlanSearch.Run(candidates, [0], candidate => Trial(candidate, candidate.Number >= least));

            Assert.That(outcome.Best?.Candidate.Number, Is.EqualTo(least < 1_000 ? least : null));
            Assert.That(outcome.Trials, Has.Length.LessThanOrEqualTo(11));
        });

    [Test]
    public void An_undecided_setting_never_hides_a_smaller_one_that_meets() =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99]).Sample((least, undecided) =>
        {
            ImmutableArray<PlanCandidate> candidates = [.. Enumerable.Range(0, 100).Select(place => new PlanCandidate(place, [place], place + 1))];
            bool Meets(int place) => place >= least && place != undecided;

            PlanOutcome outcome = PlanSearch.Run(candidates, [0], candidate =>
                candidate.Number == undecided ? Trial(candidate, ObjectiveState.Undecided) : Trial(candidate, Meets(candidate.Number)));

            int expected = Enumerable.Range(0, 100).FirstOrDefault(Meets, -1);
            Assert.That(outcome.Best?.Candidate.Number ?? -1, Is.EqualTo(expected));
        });

    [Test]
    public void Costs_that_only_a_simulation_tells_are_compared_among_all_that_meet()
    {
        double[] costs = [50, 20, 30, 10];
        bool[] meets = [true, true, true, false];
        ImmutableArray<PlanCandidate> candidates = [.. costs.Select((_, place) => new PlanCandidate(place, [place], double.NaN))];

        PlanOutcome outcome = PlanSearch.Run(candidates, [], candidate => Trial(candidate, meets[candidate.Number]) with { Size = costs[candidate.Number] });

        Assert.That(outcome.Best!.Candidate.Number, Is.EqualTo(1));
        Assert.That(outcome.Trials, Has.Length.EqualTo(4));
    }

    [Test]
    public void A_setting_that_misses_rules_out_those_with_fewer_servers_and_all_else_equal()
    {
        // Two fields: servers (monotone) and a mode. Ten servers are not enough in mode 0, and three are in mode 1.
        ImmutableArray<PlanCandidate> candidates =
            [.. from servers in Enumerable.Range(0, 10) from mode in Enumerable.Range(0, 2) select new PlanCandidate((2 * servers) + mode, [servers, mode], double.NaN)];

        PlanOutcome outcome = PlanSearch.Run(candidates.Reverse().ToImmutableArray(), [0], candidate => Trial(candidate, candidate.Places[1] == 1 && candidate.Places[0] >= 2) with { Size = candidate.Places[0] });

        Assert.That(outcome.Best!.Candidate.Places, Is.EqualTo(ImmutableArray.Create(2, 1)));
        Assert.That(outcome.Trials.Length + outcome.Ruled, Is.EqualTo(20));
    }

    private static PlanTrial Trial(PlanCandidate candidate, bool meets) => Trial(candidate, meets ? ObjectiveState.Met : ObjectiveState.Missed);

    private static PlanTrial Trial(PlanCandidate candidate, ObjectiveState state) =>
        new(candidate, candidate.Size, 5, [new ObjectiveResult(Anything, "calls", 0, 0, 0, state)]);
}
