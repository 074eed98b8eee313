namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>Sorts pods by how their CPU counts (pkg/controller/podautoscaler/replica_calculator.go, groupPods).</summary>
/// <param name="InitializationNs">A younger pod counts only once it is ready and has a full sample since (CPUInitializationPeriod) [ns].</param>
/// <param name="ReadinessDelayNs">A pod that became unready within this time of its start was never ready (InitialReadinessDelay) [ns].</param>
internal sealed record PodClassification(long InitializationNs, long ReadinessDelayNs)
{
    /// <summary>The defaults of kube-controller-manager: 5 min and 30 s (podautoscaler/config/v1alpha1/defaults.go).</summary>
    public static PodClassification Default { get; } = new(300_000_000_000, 30_000_000_000);

    /// <summary>The class of a pod.</summary>
    public MetricClass Of(AutoscaledPodState pod) =>
        pod.IsGone ? MetricClass.Ignored
        : pod.IsPending ? MetricClass.Unready
        : !pod.HasMetric ? MetricClass.Missing
        : IsUnready(pod) ? MetricClass.Unready
        : MetricClass.Ready;

    private bool IsUnready(AutoscaledPodState pod)
    {
        if (pod.IsReady is not { } isReady || pod.AgeNs is not { } age)
            return true;
        return age < InitializationNs
            ? !isReady || pod.SampleAgeNs > pod.SinceTransitionNs - pod.SampleWindowNs
            : !isReady && age - pod.SinceTransitionNs < ReadinessDelayNs;
    }
}

/// <summary>What the classification looks at.</summary>
/// <param name="IsGone">Whether it failed or is being deleted.</param>
/// <param name="IsPending">Whether its phase is Pending.</param>
/// <param name="HasMetric">Whether there is a sample of its CPU.</param>
/// <param name="IsReady">Its condition Ready; null where it has none.</param>
/// <param name="AgeNs">Time since its start; null where it has not started [ns].</param>
/// <param name="SinceTransitionNs">Time since its condition Ready changed last [ns].</param>
/// <param name="SampleAgeNs">Age of the sample [ns].</param>
/// <param name="SampleWindowNs">Time that the sample covers [ns].</param>
internal readonly record struct AutoscaledPodState(
    bool IsGone, bool IsPending, bool HasMetric, bool? IsReady, long? AgeNs, long SinceTransitionNs, long SampleAgeNs, long SampleWindowNs);
