namespace KubeNetSim.Model.Scenarios;

/// <summary>
/// The template of a controller changes, as <c>kubectl set image</c> or <c>kubectl rollout restart</c> changes it: the controller replaces
/// its pods by its strategy.
/// </summary>
/// <param name="AtNs">When [ns since the start].</param>
/// <param name="Origin">Its position.</param>
/// <param name="Kind">Deployment, StatefulSet or DaemonSet.</param>
/// <param name="Namespace">Namespace of the controller.</param>
/// <param name="Name">Name of the controller.</param>
public sealed record RolloutEvent(long AtNs, ObjectOrigin Origin, PodControllerKind Kind, string Namespace, string Name)
    : TimelineEvent(AtNs, Origin)
{
    /// <summary>The word that is written for it: <c>rollout</c> or <c>restart</c>. What happens is the same.</summary>
    public string Word { get; init; } = "rollout";

    /// <inheritdoc/>
    public override string Summary => $"{Word} of {Name}";
}
