using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>
/// Which controller a pod belongs to. The pods of a live cluster's Deployment name its ReplicaSet, whose name is the Deployment's and a
/// hash; they count as the Deployment's, whether the ReplicaSet is among the objects or not.
/// </summary>
internal sealed class PodOwnership
{
    private const string ReplicaSet = "ReplicaSet/";

    private readonly Dictionary<(string Namespace, string Owner), int> _controllers = [];
    private readonly ImmutableArray<PodController> _all;

    public PodOwnership(ImmutableArray<PodController> controllers)
    {
        _all = controllers;
        for (int number = 0; number < controllers.Length; number++)
            _controllers.TryAdd((controllers[number].Meta.Namespace, NameOf(controllers[number])), number);
    }

    /// <summary><c>Kind/name</c>, as <see cref="Pod.OwnedBy"/> names it.</summary>
    public static string NameOf(PodController controller) => $"{controller.Kind}/{controller.Meta.Name}";

    /// <summary>Number of the controller that the pod belongs to; -1 for none of these.</summary>
    public int OwnerOf(Pod pod)
    {
        if (pod.OwnedBy is not { } owner)
            return -1;
        if (_controllers.TryGetValue((pod.Meta.Namespace, owner), out int number))
            return OwnerOf(_all[number]) is var above and >= 0 ? above : number;
        int hash = owner.LastIndexOf('-');
        return owner.StartsWith(ReplicaSet, StringComparison.Ordinal) && hash > 0
            ? _controllers.GetValueOrDefault((pod.Meta.Namespace, $"Deployment/{owner[ReplicaSet.Length..hash]}"), -1) : -1;
    }

    /// <summary>Number of the controller that owns this one; -1 for none of these.</summary>
    public int OwnerOf(PodController controller) =>
        controller.OwnedBy is { } owner ? _controllers.GetValueOrDefault((controller.Meta.Namespace, owner), -1) : -1;
}
