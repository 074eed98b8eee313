using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Paths;

/// <summary>The path of a workload's requests, hop by hop, and the time that passed at and between the hops.</summary>
/// <param name="Hops">Its hops, in order.</param>
/// <param name="Between">What took time and belongs to no single hop [ms].</param>
internal sealed record TimedPath(ImmutableArray<TimedHop> Hops, ImmutableArray<StageTime> Between)
{
    // The simulation's clock counts nanoseconds: a shorter mean is rounding.
    private const double ResolutionMs = 1e-6;

    /// <summary>Reads the path of a workload; each stage of the time is given to the hop where it passes.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="proxyMode">The mode of kube-proxy, as results name it.</param>
    public static TimedPath Of(WorkloadResult workload, string proxyMode)
    {
        ImmutableArray<PathHop> hops = workload.PathHops.IsEmpty ? PathHop.OfText(workload.Path) : workload.PathHops;
        ImmutableArray<StageTime> TimesAt(int place) => workload.BreakdownMs is not { } mean ? [] :
        [
            .. Stages.All.Where(stage => stage.PlaceIn(hops) == place && stage.Of(mean) >= ResolutionMs)
                .Select(stage => new StageTime(stage, stage.Of(mean))),
        ];
        return new TimedPath(
            [.. hops.Select((hop, place) => new TimedHop(hop, HopExplanation.Of(hops, place, workload, proxyMode), TimesAt(place)))],
            TimesAt(-1));
    }
}

/// <summary>A hop, what happens there, and the mean time that this took.</summary>
/// <param name="Hop">The hop.</param>
/// <param name="Explanation">What it is and does.</param>
/// <param name="Stages">What took time there, and how long [ms].</param>
internal sealed record TimedHop(PathHop Hop, HopExplanation Explanation, ImmutableArray<StageTime> Stages);

/// <summary>A stage and the mean time that it took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Ms">The time [ms].</param>
internal sealed record StageTime(Stage Stage, double Ms);
