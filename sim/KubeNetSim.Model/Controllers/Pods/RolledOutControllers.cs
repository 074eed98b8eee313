using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>The controllers of a cluster after a change of a template, as <c>kubectl set image</c> or <c>kubectl rollout restart</c> makes it.</summary>
internal static class RolledOutControllers
{
    /// <summary>The controllers with the new template; unchanged where the change cannot be made, which the log then says.</summary>
    public static ImmutableArray<PodController> Of(ImmutableArray<PodController> controllers, RolloutEvent change, ControllerLog log)
    {
        string name = $"{change.Kind} {change.Namespace}/{change.Name}";
        PodController? controller = controllers.FirstOrDefault(
            item => item.Kind == change.Kind && item.Meta.Namespace == change.Namespace && item.Meta.Name == change.Name);
        string? refusal = controller switch
        {
            null => $"{name} is not among the objects",
            { Kind: PodControllerKind.ReplicaSet } => $"{name} does not replace its pods when its template changes",
            { OwnedBy: { } owner } => $"{name} belongs to {owner}, which would undo the change",
            _ => null,
        };
        if (refusal is null)
            return controllers.Replace(controller!, controller! with { TemplateChangedAtNs = change.AtNs });
        log.Error("cannot-roll-out", change.Origin, "rollout", refusal);
        return controllers;
    }
}
