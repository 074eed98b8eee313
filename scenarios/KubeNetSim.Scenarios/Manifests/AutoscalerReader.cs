using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>What a HorizontalPodAutoscaler says whatever the load is: how many pods its target has at least and at most.</summary>
/// <param name="Meta">Name and namespace.</param>
/// <param name="Kind">Kind of the target.</param>
/// <param name="Name">Name of the target, in the same namespace.</param>
/// <param name="Least">Fewest pods.</param>
/// <param name="Most">Most pods.</param>
internal sealed record AutoscalerBounds(ObjectMeta Meta, string Kind, string Name, int Least, int Most);

/// <summary>Reads HorizontalPodAutoscalers.</summary>
internal static class AutoscalerReader
{
    private const int MostReplicas = 1_000_000;

    public static AutoscalerBounds Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "HorizontalPodAutoscaler");
        Fields? spec = document.Mapping("spec");
        Fields? target = spec?.Mapping("scaleTargetRef");
        // k8s.io/kubernetes pkg/apis/autoscaling/v2/defaults.go: minReplicas is 1 where it is not set.
        AutoscalerBounds bounds = new(meta, target?.Text("kind") ?? "", target?.Text("name") ?? "",
            (int)(spec?.Integer("minReplicas", 0, MostReplicas) ?? 1), (int)(spec?.Integer("maxReplicas", 1, MostReplicas) ?? MostReplicas));
        if (bounds.Least > bounds.Most)
            spec?.Error("out-of-range", "minReplicas", $"minReplicas is {bounds.Least}, which is more than maxReplicas, {bounds.Most}");
        document.Problems.Add(new Problem(Severity.Info, "not-simulated", document.PositionOf("spec"), "spec",
            $"HorizontalPodAutoscaler {meta.FullName} sets at least {bounds.Least} pods; that it follows the load is not simulated"));
        return bounds;
    }

    /// <summary>
    /// The controllers within the bounds of their autoscalers. One with no pods is left alone: zero replicas turn the autoscaler off
    /// (pkg/controller/podautoscaler reconcileAutoscaler).
    /// </summary>
    public static ImmutableArray<PodController> Apply(IEnumerable<AutoscalerBounds> autoscalers, ImmutableArray<PodController> controllers)
    {
        Dictionary<(string Namespace, string Kind, string Name), AutoscalerBounds> byTarget = [];
        foreach (AutoscalerBounds bounds in autoscalers)
            byTarget.TryAdd((bounds.Meta.Namespace, bounds.Kind, bounds.Name), bounds);
        return byTarget.Count == 0 ? controllers :
        [
            .. controllers.Select(controller => controller.Replicas > 0
                && byTarget.TryGetValue((controller.Meta.Namespace, controller.Kind.ToString(), controller.Meta.Name), out AutoscalerBounds? bounds)
                && bounds.Least <= bounds.Most
                    ? controller with { Replicas = Math.Clamp(controller.Replicas, bounds.Least, bounds.Most) }
                    : controller),
        ];
    }
}
