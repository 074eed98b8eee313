namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>
/// The bounds of a HorizontalPodAutoscaler on the size that its metrics ask for (pkg/controller/podautoscaler/horizontal.go,
/// convertDesiredReplicasWithRules and convertDesiredReplicasWithBehaviorRate).
/// </summary>
/// <param name="MinReplicas">The smallest size.</param>
/// <param name="MaxReplicas">The largest size.</param>
/// <param name="Behavior">Rules for growing and for shrinking; null where the autoscaler has no <c>behavior</c>.</param>
internal sealed record ScalingLimits(int MinReplicas, int MaxReplicas, (ScalingRules Up, ScalingRules Down)? Behavior)
{
    // scaleUpLimitMinimum: without behavior a size may double, and reach at least this (calculateScaleUpLimit).
    private const int LeastLimit = 4;

    /// <summary>The next size, and the reason of the condition ScalingLimited.</summary>
    /// <param name="current">The present size.</param>
    /// <param name="desired">What the metrics ask for.</param>
    /// <param name="history">Past changes.</param>
    /// <param name="now">The time [ns].</param>
    public (int Replicas, ScalingReason Reason) Bound(int current, int desired, ScalingHistory history, long now)
    {
        if (Behavior is not { } rules)
            return desired < MinReplicas ? (MinReplicas, ScalingReason.TooFewReplicas) : BoundAbove(desired, Math.Max(2 * current, LeastLimit));
        // A size beyond the limits has been brought back before metrics are asked: here each direction has one bound.
        return desired > current ? BoundAbove(desired, rules.Up.MostAt(current, history, now))
            : desired < current ? BoundBelow(desired, rules.Down.LeastAt(current, history, now))
            : (desired, ScalingReason.DesiredWithinRange);
    }

    private (int Replicas, ScalingReason Reason) BoundAbove(int desired, int most) =>
        desired <= Math.Min(most, MaxReplicas) ? (desired, ScalingReason.DesiredWithinRange)
        : most < MaxReplicas ? (most, ScalingReason.ScaleUpLimit)
        : (MaxReplicas, ScalingReason.TooManyReplicas);

    private (int Replicas, ScalingReason Reason) BoundBelow(int desired, int least) =>
        desired >= Math.Max(least, MinReplicas) ? (desired, ScalingReason.DesiredWithinRange)
        : least > MinReplicas ? (least, ScalingReason.ScaleDownLimit)
        : (MinReplicas, ScalingReason.TooFewReplicas);
}

/// <summary>Reasons of the condition ScalingLimited.</summary>
internal enum ScalingReason
{
    /// <summary>No bound was met.</summary>
    DesiredWithinRange,

    /// <summary>More than maxReplicas.</summary>
    TooManyReplicas,

    /// <summary>Less than minReplicas.</summary>
    TooFewReplicas,

    /// <summary>It may not grow so fast.</summary>
    ScaleUpLimit,

    /// <summary>It may not shrink so fast.</summary>
    ScaleDownLimit,
}
