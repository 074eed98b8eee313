using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>Why an attempt failed, where an event of the timeline is to blame.</summary>
/// <param name="Event">Place of the event in the timeline.</param>
/// <param name="Cause">What still followed the state before it.</param>
/// <param name="AfterNs">Time since the change [ns].</param>
internal readonly record struct Blame(int Event, LossCause Cause, long AfterNs);

/// <summary>Counts the requests that the events of a timeline cost.</summary>
internal sealed class ImpactTable
{
    private readonly SortedDictionary<(int Event, LossCause Cause), Loss> _losses = [];

    /// <summary>The event that happened last, and when [ns]; null before the first.</summary>
    public (int Event, long AtNs)? Last { get; set; }

    /// <summary>A request failed for good at this time [ns].</summary>
    public void Count(Blame blame, Failure failure, long at)
    {
        (int, LossCause) key = (blame.Event, blame.Cause);
        if (!_losses.TryGetValue(key, out Loss? loss))
            _losses.Add(key, loss = new Loss());
        loss.ByKind[(int)failure]++;
        loss.LongestNs = Math.Max(loss.LongestNs, blame.AfterNs);
        loss.LastNs = Math.Max(loss.LastNs, at);
    }

    public ImmutableArray<ImpactRecord> ToRecords() =>
    [
        .. _losses.Select(item => new ImpactRecord(
            item.Key.Event, item.Key.Cause, WorkloadMeasurement.CountsOf(item.Value.ByKind), item.Value.LongestNs, item.Value.LastNs)),
    ];

    private sealed class Loss
    {
        public long[] ByKind { get; } = new long[Enum.GetValues<Failure>().Length];

        public long LongestNs { get; set; }

        public long LastNs { get; set; }
    }
}
