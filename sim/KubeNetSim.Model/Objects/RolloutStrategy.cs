namespace KubeNetSim.Model.Objects;

/// <summary>How a controller replaces its pods when its template changes (<c>spec.strategy</c>, <c>spec.updateStrategy</c> and the fields beside them).</summary>
public sealed record RolloutStrategy
{
    /// <summary>Of a Deployment: RollingUpdate with 25% more and 25% fewer pods.</summary>
    public static RolloutStrategy Default { get; } = new();

    /// <summary>Whether all old pods end before a new one starts (<c>type: Recreate</c>).</summary>
    public bool Recreate { get; init; }

    /// <summary>How many pods there may be beyond the wanted number. Rounded up.</summary>
    public IntOrPercent MaxSurge { get; init; } = IntOrPercent.Quarter;

    /// <summary>How many of the wanted pods may be unavailable. Rounded down.</summary>
    public IntOrPercent MaxUnavailable { get; init; } = IntOrPercent.Quarter;

    /// <summary>StatefulSet: pods with an ordinal below this one keep their template (<c>rollingUpdate.partition</c>).</summary>
    public int Partition { get; init; }

    /// <summary>StatefulSet and DaemonSet: whether pods are replaced only when they are deleted (<c>type: OnDelete</c>).</summary>
    public bool OnDelete { get; init; }

    /// <summary>How long a pod must be ready until it counts as available (<c>spec.minReadySeconds</c>) [ns].</summary>
    public long MinReadyNs { get; init; }

    /// <summary>Whether a change of the template starts nothing (<c>spec.paused</c>).</summary>
    public bool Paused { get; init; }
}
