namespace KubeNetSim.Simulation.Timeline;

/// <summary>Sets the replicas of a controller.</summary>
internal sealed class ScaleAction(ScaleEvent scale) : EventAction
{
    public override string Key { get; } = $"{scale.Kind} {scale.Namespace}/{scale.Name}";

    public override (string Namespace, string Owner) Controller { get; } = (scale.Namespace, $"{scale.Kind}/{scale.Name}");

    public override Reconciliation ApplyTo(Cluster cluster) => ControlPlane.Scale(cluster, scale);
}
