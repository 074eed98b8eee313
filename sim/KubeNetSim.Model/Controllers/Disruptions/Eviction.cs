namespace KubeNetSim.Model.Controllers.Disruptions;

/// <summary>What the eviction API answers (pkg/registry/core/pod/storage/eviction.go).</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Status">The budget afterwards.</param>
internal readonly record struct Eviction(EvictionVerdict Verdict, DisruptionStatus Status)
{
    /// <summary>Whether the pod is deleted.</summary>
    public bool IsAllowed => Verdict == EvictionVerdict.Allowed;

    /// <summary>Asks for the eviction of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="budgets">How many budgets select it.</param>
    /// <param name="status">The status of the one that does.</param>
    /// <param name="alwaysAllowsUnhealthy">Whether <c>unhealthyPodEvictionPolicy</c> is AlwaysAllow.</param>
    public static Eviction Of(EvictedPod pod, int budgets, DisruptionStatus status, bool alwaysAllowsUnhealthy)
    {
        if (budgets == 0 || pod.IsPendingOrFinished || pod.IsDeleting)
            return new Eviction(EvictionVerdict.Allowed, status);
        if (budgets > 1)
            return new Eviction(EvictionVerdict.SeveralBudgets, status);
        // A pod that is not ready does not count for the budget, so that its eviction takes nothing from one that is met.
        bool isMet = status.DesiredHealthy > 0 && status.CurrentHealthy >= status.DesiredHealthy;
        if (!pod.IsReady && (alwaysAllowsUnhealthy || isMet))
            return new Eviction(EvictionVerdict.Allowed, status);
        return status.DisruptionsAllowed <= 0
            ? new Eviction(EvictionVerdict.TooManyRequests, status)
            : new Eviction(EvictionVerdict.Allowed, status with { DisruptionsAllowed = status.DisruptionsAllowed - 1 });
    }
}

/// <summary>What the eviction API looks at.</summary>
/// <param name="IsReady">Whether its condition Ready is true.</param>
/// <param name="IsPendingOrFinished">Whether its phase is Pending, Succeeded or Failed.</param>
/// <param name="IsDeleting">Whether it has a deletionTimestamp.</param>
internal readonly record struct EvictedPod(bool IsReady, bool IsPendingOrFinished, bool IsDeleting);

/// <summary>Answers of the eviction API, with their HTTP status.</summary>
internal enum EvictionVerdict
{
    /// <summary>The pod is deleted.</summary>
    Allowed = 201,

    /// <summary>The budget allows none now; kubectl drain asks again after 5 s.</summary>
    TooManyRequests = 429,

    /// <summary>More than one budget selects the pod, which the API does not support.</summary>
    SeveralBudgets = 500,
}
