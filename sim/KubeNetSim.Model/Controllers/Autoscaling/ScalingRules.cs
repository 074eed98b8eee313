using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>
/// The rules of one direction of a HorizontalPodAutoscaler's <c>behavior</c> (pkg/controller/podautoscaler/horizontal.go,
/// calculateScaleUpLimitWithScalingRules and calculateScaleDownLimitWithBehaviors).
/// </summary>
/// <param name="Policies">Its policies.</param>
/// <param name="Choice">Which of them holds.</param>
/// <param name="WindowNs">The stabilization window [ns].</param>
internal sealed record ScalingRules(ImmutableArray<ScalingPolicy> Policies, PolicyChoice Choice, long WindowNs)
{
    private const long Second = 1_000_000_000;

    /// <summary>What a <c>behavior</c> that says nothing of growing means (pkg/apis/autoscaling/v2/defaults.go).</summary>
    public static ScalingRules DefaultUp { get; } = new(
        [new ScalingPolicy(new IntOrPercent(4, false), 15 * Second), new ScalingPolicy(new IntOrPercent(100, true), 15 * Second)], PolicyChoice.Max, 0);

    /// <summary>What a <c>behavior</c> that says nothing of shrinking means (pkg/apis/autoscaling/v2/defaults.go).</summary>
    public static ScalingRules DefaultDown { get; } = new([new ScalingPolicy(new IntOrPercent(100, true), 15 * Second)], PolicyChoice.Max, 300 * Second);

    /// <summary>The largest size that is allowed now.</summary>
    /// <param name="current">The present size.</param>
    /// <param name="history">Past changes.</param>
    /// <param name="now">The time [ns].</param>
    public int MostAt(int current, ScalingHistory history, long now)
    {
        if (Choice == PolicyChoice.Disabled)
            return current;
        IEnumerable<int> limits = Policies.Select(policy => UpLimit(policy, Start(policy, current, history, now)));
        int limit = Choice == PolicyChoice.Min ? limits.Min() : limits.Max();
        // Where more was added than the policy allows, nothing is taken back.
        return Math.Max(current, limit);
    }

    /// <summary>The smallest size that is allowed now.</summary>
    /// <param name="current">The present size.</param>
    /// <param name="history">Past changes.</param>
    /// <param name="now">The time [ns].</param>
    public int LeastAt(int current, ScalingHistory history, long now)
    {
        if (Choice == PolicyChoice.Disabled)
            return current;
        IEnumerable<int> limits = Policies.Select(policy => DownLimit(policy, Start(policy, current, history, now)));
        int limit = Choice == PolicyChoice.Min ? limits.Max() : limits.Min();
        return Math.Min(current, limit);
    }

    private static int UpLimit(ScalingPolicy policy, int start) =>
        policy.Amount.IsPercent ? (int)Math.Ceiling(start * (1 + (policy.Amount.Value / 100.0))) : start + policy.Amount.Value;

    // The part of a pod that remains is removed too: the conversion cuts.
    private static int DownLimit(ScalingPolicy policy, int start) =>
        policy.Amount.IsPercent ? (int)(start * (1 - (policy.Amount.Value / 100.0))) : start - policy.Amount.Value;

    // The size at the start of the period.
    private static int Start(ScalingPolicy policy, int current, ScalingHistory history, long now) =>
        current - ScalingHistory.ChangeIn(history.Up, policy.PeriodNs, now) + ScalingHistory.ChangeIn(history.Down, policy.PeriodNs, now);
}
