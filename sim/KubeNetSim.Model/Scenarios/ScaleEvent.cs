namespace KubeNetSim.Model.Scenarios;

/// <summary>A controller gets another number of replicas, as <c>kubectl scale</c> sets it.</summary>
/// <param name="AtNs">When [ns since the start].</param>
/// <param name="Origin">Its position.</param>
/// <param name="Kind">Deployment, ReplicaSet or StatefulSet.</param>
/// <param name="Namespace">Namespace of the controller.</param>
/// <param name="Name">Name of the controller.</param>
/// <param name="Replicas">The new number.</param>
public sealed record ScaleEvent(long AtNs, ObjectOrigin Origin, PodControllerKind Kind, string Namespace, string Name, int Replicas)
    : TimelineEvent(AtNs, Origin)
{
    /// <inheritdoc/>
    public override string Summary => $"scale {Name} to {Replicas}";
}
