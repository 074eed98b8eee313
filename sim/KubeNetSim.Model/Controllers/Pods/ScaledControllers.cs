using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>The controllers of a cluster after <c>kubectl scale</c>.</summary>
internal static class ScaledControllers
{
    /// <summary>The controllers with the new number; unchanged where the change cannot be made, which the log then says.</summary>
    public static ImmutableArray<PodController> Of(ImmutableArray<PodController> controllers, ScaleEvent change, ControllerLog log)
    {
        string name = $"{change.Kind} {change.Namespace}/{change.Name}";
        PodController? controller = controllers.FirstOrDefault(
            item => item.Kind == change.Kind && item.Meta.Namespace == change.Namespace && item.Meta.Name == change.Name);
        string? refusal = controller switch
        {
            null => $"{name} is not among the objects",
            { Kind: PodControllerKind.DaemonSet } => $"{name} has a pod on every node that fits and cannot be scaled",
            { OwnedBy: { } owner } => $"{name} belongs to {owner}, which would undo the change",
            _ when change.Replicas < 0 => $"{name} cannot have {change.Replicas} replicas",
            _ => null,
        };
        if (refusal is null)
            return controllers.Replace(controller!, controller! with { Replicas = change.Replicas, ReplicasBefore = controller.Replicas });
        log.Error("cannot-scale", change.Origin, "scale", refusal);
        return controllers;
    }
}
