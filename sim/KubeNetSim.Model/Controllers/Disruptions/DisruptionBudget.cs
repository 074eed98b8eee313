namespace KubeNetSim.Model.Controllers.Disruptions;

/// <summary>
/// How many of the pods that a PodDisruptionBudget selects may be evicted now (pkg/controller/disruption/disruption.go). Exactly one of the
/// two fields is set.
/// </summary>
/// <param name="MinAvailable">How many must stay healthy.</param>
/// <param name="MaxUnavailable">How many may be missing of those that the pods' controllers want.</param>
internal sealed record DisruptionBudget(IntOrPercent? MinAvailable, IntOrPercent? MaxUnavailable)
{
    /// <summary>A granted eviction counts as gone for so long, then it is forgotten (DeletionTimeout in disruption.go) [ns].</summary>
    public const long GrantedForNs = 120_000_000_000;

    /// <summary>Whether it counts what controllers want, so that a pod without a controller has no place in it.</summary>
    public bool CountsControllers => MaxUnavailable is not null || MinAvailable is { IsPercent: true };

    /// <summary>Its status. Percentages round up.</summary>
    /// <param name="selected">Pods that it selects.</param>
    /// <param name="healthy">Those that are ready, not being deleted and not granted to an eviction.</param>
    /// <param name="wanted">Pods that the controllers of these want.</param>
    public DisruptionStatus StatusOf(int selected, int healthy, int wanted)
    {
        int expected = CountsControllers ? wanted : selected;
        int desired = MaxUnavailable is { } most
            ? Math.Max(0, expected - most.Of(expected, roundUp: true))
            : MinAvailable?.Of(expected, roundUp: true) ?? 0;
        return new DisruptionStatus(expected <= 0 ? 0 : Math.Max(0, healthy - desired), healthy, desired, expected);
    }

    /// <summary>Whether an eviction that was granted is still expected to happen.</summary>
    /// <param name="isDeleting">Whether the pod is being deleted by now.</param>
    /// <param name="sinceNs">Time since it was granted [ns].</param>
    public static bool IsInFlight(bool isDeleting, long sinceNs) => !isDeleting && sinceNs <= GrantedForNs;
}
