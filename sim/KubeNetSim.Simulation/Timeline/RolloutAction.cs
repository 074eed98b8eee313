namespace KubeNetSim.Simulation.Timeline;

/// <summary>Changes the template of a controller.</summary>
internal sealed class RolloutAction(RolloutEvent rollout) : EventAction
{
    public override string Key { get; } = $"rollout {rollout.Kind} {rollout.Namespace}/{rollout.Name}";

    public override bool FollowsPods => true;

    public override (string Namespace, string Owner) Controller { get; } = (rollout.Namespace, $"{rollout.Kind}/{rollout.Name}");

    public override Reconciliation ApplyTo(Cluster cluster) => ControlPlane.RollOut(cluster, rollout);
}
