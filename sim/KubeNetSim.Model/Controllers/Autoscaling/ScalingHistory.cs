using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>The changes of a size that policies look back at.</summary>
/// <param name="Up">Pods that were added.</param>
/// <param name="Down">Pods that were removed.</param>
internal sealed record ScalingHistory(ImmutableArray<ScalingEvent> Up, ImmutableArray<ScalingEvent> Down)
{
    /// <summary>No change yet.</summary>
    public static ScalingHistory Empty { get; } = new([], []);

    /// <summary>The change within a period: an event that is exactly as old as the period counts no longer (getReplicasChangePerPeriod).</summary>
    /// <param name="events">Changes in one direction.</param>
    /// <param name="periodNs">The period [ns].</param>
    /// <param name="now">The time [ns].</param>
    public static int ChangeIn(ImmutableArray<ScalingEvent> events, long periodNs, long now) =>
        events.Sum(item => item.AtNs > now - periodNs ? item.Change : 0);

    /// <summary>The history after a change of the size now.</summary>
    public ScalingHistory With(int from, int to, long now) =>
        to > from ? this with { Up = Up.Add(new ScalingEvent(to - from, now)) }
        : to < from ? this with { Down = Down.Add(new ScalingEvent(from - to, now)) }
        : this;
}
