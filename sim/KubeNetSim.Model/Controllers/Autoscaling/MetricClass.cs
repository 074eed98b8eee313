namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>How a pod counts for an autoscaler.</summary>
internal enum MetricClass
{
    /// <summary>Its metric counts.</summary>
    Ready,

    /// <summary>Not ready yet: no load while the target grows, left out while it shrinks.</summary>
    Unready,

    /// <summary>It has no metric.</summary>
    Missing,

    /// <summary>It failed or is being deleted.</summary>
    Ignored,
}
