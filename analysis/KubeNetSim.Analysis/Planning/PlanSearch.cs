using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Planning;

/// <summary>A setting that a plan may choose.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Places">Its place among the values of each field.</param>
/// <param name="Size">What is to be small; NaN where only a simulation can tell.</param>
public sealed record PlanCandidate(int Number, ImmutableArray<int> Places, double Size);

/// <summary>A setting that was simulated.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="Size">What is to be small: its known size, or its costs.</param>
/// <param name="Replications">Replications that it took.</param>
/// <param name="Objectives">What became of each objective.</param>
public sealed record PlanTrial(PlanCandidate Candidate, double Size, int Replications, ImmutableArray<ObjectiveResult> Objectives)
{
    /// <summary>Its costs by each replication alone; empty where costs are not what is to be small.</summary>
    public ImmutableArray<double> CostByReplication { get; init; } = [];

    /// <summary>Whether every objective is shown to hold.</summary>
    public bool IsMet => Objectives.All(objective => objective.State == ObjectiveState.Met);

    /// <summary>Whether some objective is shown not to hold.</summary>
    public bool IsMissed => Objectives.Any(objective => objective.State == ObjectiveState.Missed);
}

/// <summary>What a search found.</summary>
/// <param name="Best">The smallest setting that is shown to meet all objectives; null where there is none.</param>
/// <param name="Trials">Every setting that was simulated, in the order in which it was.</param>
/// <param name="Ruled">How many settings were ruled out without being simulated, since they have fewer servers than one that missed.</param>
/// <param name="Larger">How many settings were left alone, since they are no smaller than the best.</param>
public sealed record PlanOutcome(PlanTrial? Best, ImmutableArray<PlanTrial> Trials, int Ruled, int Larger)
{
    /// <summary>Settings that meet all objectives, too, and are as large or as costly as the best within chance.</summary>
    public ImmutableArray<PlanTrial> Ties { get; init; } = [];

    /// <summary>Settings as small as the best that were not simulated.</summary>
    public int EquallySmall { get; init; }
}

/// <summary>
/// Looks for the smallest setting that meets all objectives. Settings whose size is known are tried from the smallest on, so the first that meets is
/// the best and nothing else needs to be assumed. Where more of a field can only shorten waits (<see cref="Monotonicity"/>), a setting that misses rules
/// out those with less of it, and the search halves what is left: the next smaller one than its answer has missed. Where the size is a cost that only a
/// simulation tells, every setting that is not ruled out is tried, and of those whose costs do not differ from the lowest beyond chance, the smaller setting is the answer.
/// </summary>
public static class PlanSearch
{
    /// <summary>Searches.</summary>
    /// <param name="candidates">Every setting.</param>
    /// <param name="monotone">Fields, by place, of which more can only shorten waits.</param>
    /// <param name="tryOut">Simulates a setting.</param>
    public static PlanOutcome Run(ImmutableArray<PlanCandidate> candidates, ImmutableArray<int> monotone, Func<PlanCandidate, PlanTrial> tryOut)
    {
        List<PlanCandidate> open = [.. candidates.OrderBy(candidate => candidate.Size).ThenBy(candidate => candidate.Number)];
        bool isKnown = candidates.All(candidate => !double.IsNaN(candidate.Size));
        bool halves = isKnown && candidates.Length > 0 && candidates[0].Places.Length == 1 && monotone.Contains(0);
        List<PlanTrial> trials = [];
        PlanTrial? best = null;
        int ruled = 0, larger = 0, equal = 0;
        while (open.Count > 0)
        {
            PlanCandidate next = open[halves ? open.Count / 2 : 0];
            open.Remove(next);
            PlanTrial trial = tryOut(next);
            trials.Add(trial);
            if (trial.IsMet && (best is null || trial.Size < best.Size))
                best = trial;
            if (trial.IsMet && isKnown)
                equal = open.Count(other => other.Size == trial.Size);
            if (trial.IsMet && isKnown)
                larger += open.RemoveAll(other => other.Size >= trial.Size);
            if (trial.IsMissed)
                ruled += open.RemoveAll(other => HasOnlyFewerServers(other, next, monotone));
            // Not shown either way: nothing follows for others, and halving must not step over a smaller one that meets.
            if (halves && !trial.IsMet && !trial.IsMissed)
                halves = false;
        }
        if (best is null || isKnown)
            return new PlanOutcome(best, [.. trials], ruled, larger) { EquallySmall = equal };
        PlanTrial[] cheapest = [.. trials.Where(trial => trial.IsMet && IsNoDearer(best, trial)).OrderBy(trial => trial.Candidate.Places.Sum()).ThenBy(trial => trial.Size).ThenBy(trial => trial.Candidate.Number)];
        return new PlanOutcome(cheapest[0], [.. trials], ruled, larger) { Ties = [.. cheapest[1..]] };
    }

    // Settings draw the same random numbers, so that their costs are compared replication by replication.
    private static bool IsNoDearer(PlanTrial best, PlanTrial trial)
    {
        if (trial.Size <= best.Size)
            return true;
        int common = Math.Min(best.CostByReplication.Length, trial.CostByReplication.Length);
        return common > 1 && !Difference.Paired([.. best.CostByReplication.Take(common)], [.. trial.CostByReplication.Take(common)]).IsShown;
    }

    private static bool HasOnlyFewerServers(PlanCandidate one, PlanCandidate other, ImmutableArray<int> monotone)
    {
        for (int place = 0; place < one.Places.Length; place++)
            if (monotone.Contains(place) ? one.Places[place] > other.Places[place] : one.Places[place] != other.Places[place])
                return false;
        return true;
    }
}
