namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>A pod of the target: its class, and its CPU in thousandths of a core.</summary>
/// <param name="Class">How it counts.</param>
/// <param name="RequestMilli">What it requests; null where a container requests nothing.</param>
/// <param name="UsageMilli">What it uses; null without a sample.</param>
internal readonly record struct AutoscaledPod(MetricClass Class, long? RequestMilli, long? UsageMilli);

/// <summary>
/// The size that a target utilization of CPU asks for (pkg/controller/podautoscaler/replica_calculator.go, GetResourceReplicas). Pods that
/// are not ready or have no metric are assumed to dampen the change, and never to turn it round.
/// </summary>
/// <param name="Replicas">The advice.</param>
/// <param name="Utilization">Utilization of the pods with metrics, cut to whole percent.</param>
internal readonly record struct UtilizationAdvice(int Replicas, int Utilization)
{
    /// <summary>The advice; null where no metric or no request is known, so that the size stays.</summary>
    /// <param name="current">The present size.</param>
    /// <param name="pods">The pods of the target.</param>
    /// <param name="target">The target utilization [%].</param>
    /// <param name="tolerance">A ratio this near to 1 changes nothing.</param>
    public static UtilizationAdvice? Of(int current, IReadOnlyCollection<AutoscaledPod> pods, int target, double tolerance)
    {
        AutoscaledPod[] ready = [.. pods.Where(pod => pod.Class == MetricClass.Ready)];
        if (ready.Length == 0 || pods.Any(pod => pod.RequestMilli is null) || UtilizationOf(ready) is not { } utilization)
            return null;
        AutoscaledPod[] missing = [.. pods.Where(pod => pod.Class == MetricClass.Missing)];
        AutoscaledPod[] unready = [.. pods.Where(pod => pod.Class == MetricClass.Unready)];
        double ratio = (double)utilization / target;
        bool isGrowing = ratio > 1;
        if (missing.Length == 0 && (unready.Length == 0 || !isGrowing))
            return new UtilizationAdvice(IsWithin(ratio, tolerance) ? current : Up(ratio * ready.Length), utilization);

        // Growing, they use nothing; shrinking, those without a metric use all that they request, or the target where it is higher.
        long assumed = isGrowing ? 0 : Math.Max(100, target);
        IEnumerable<AutoscaledPod> assumedPods = ratio == 1 ? [] : missing.Select(pod => pod with { UsageMilli = pod.RequestMilli * assumed / 100 });
        if (isGrowing)
            assumedPods = assumedPods.Concat(unready.Select(pod => pod with { UsageMilli = 0 }));
        AutoscaledPod[] all = [.. ready, .. assumedPods];
        double again = (double)UtilizationOf(all)!.Value / target;
        int replicas = Up(again * all.Length);
        bool turns = (ratio < 1 && again > 1) || (ratio > 1 && again < 1)
            || (again < 1 && replicas > current) || (again > 1 && replicas < current);
        return new UtilizationAdvice(turns || IsWithin(again, tolerance) ? current : replicas, utilization);
    }

    // metrics/utilization.go, GetResourceUtilizationRatio: the ratio uses the percentage that is cut.
    private static int? UtilizationOf(AutoscaledPod[] pods)
    {
        long requests = pods.Sum(pod => pod.RequestMilli ?? 0);
        return requests == 0 ? null : (int)(pods.Sum(pod => pod.UsageMilli ?? 0) * 100 / requests);
    }

    private static bool IsWithin(double ratio, double tolerance) => ratio >= 1 - tolerance && ratio <= 1 + tolerance;

    private static int Up(double replicas) => (int)Math.Ceiling(replicas);
}
