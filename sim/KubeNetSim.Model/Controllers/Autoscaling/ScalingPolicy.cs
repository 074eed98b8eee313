namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>One policy of a HorizontalPodAutoscaler's <c>behavior</c>: how much the size may change in a period.</summary>
/// <param name="Amount">Pods, or a share of the size at the start of the period.</param>
/// <param name="PeriodNs">The period [ns].</param>
internal readonly record struct ScalingPolicy(IntOrPercent Amount, long PeriodNs);

/// <summary>Which of several policies holds.</summary>
internal enum PolicyChoice
{
    /// <summary>The one that changes most.</summary>
    Max,

    /// <summary>The one that changes least.</summary>
    Min,

    /// <summary>The size does not change in this direction.</summary>
    Disabled,
}

/// <summary>A past change of the size.</summary>
/// <param name="Change">By how many pods, positive in both directions.</param>
/// <param name="AtNs">When [ns].</param>
internal readonly record struct ScalingEvent(int Change, long AtNs);
