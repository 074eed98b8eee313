using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// What the author of a selector that matches no pod may have meant: for the message only, so the first hundred are helped.
/// </summary>
internal sealed class NearestPods(IReadOnlyList<Pod> pods, IReadOnlyList<PodController> controllers)
{
    private const int MostSearches = 100;

    // Pods of one controller share their labels.
    private readonly Lazy<(string Namespace, ImmutableSortedDictionary<string, string> Labels)[]> _labels = new(() =>
    [
        .. pods.Select(pod => (pod.Meta.Namespace, pod.Meta.Labels)).DistinctBy(item => item.Labels, ReferenceEqualityComparer.Instance),
    ]);

    private int _searches;

    /// <summary>Whether a controller makes such pods, and has none now: it has no replicas, or it is a DaemonSet that no node suits.</summary>
    public bool HasNoPodsNow(string space, LabelSelector selector) =>
        controllers.Any(controller => controller.Meta.Namespace == space
            && (controller.Replicas == 0 || controller.Kind == PodControllerKind.DaemonSet) && selector.Matches(controller.TemplateLabels));

    /// <summary>What would match.</summary>
    public string HelpFor(string space, LabelSelector selector)
    {
        const string Compare = "compare with the labels of the pod template";
        if (_searches++ >= MostSearches || selector.Requirements.IsEmpty)
            return Compare;
        if (_labels.Value.FirstOrDefault(item => item.Namespace != space
            && selector.Matches(item.Labels)) is { Labels: not null } elsewhere)
            return $"pods of namespace '{elsewhere.Namespace}' have these labels, and a Service selects pods of its own namespace only";
        (string Text, int Distance)? nearest = null;
        foreach ((string at, ImmutableSortedDictionary<string, string> labels) in _labels.Value)
            if (at == space && Correction(selector, labels) is { } correction && correction.Distance < (nearest?.Distance ?? int.MaxValue))
                nearest = correction;
        return nearest is { } found ? $"did you mean {found.Text}?" : Compare;
    }

    // All requirements but one hold, and that one nearly does.
    private static (string Text, int Distance)? Correction(LabelSelector selector, ImmutableSortedDictionary<string, string> labels)
    {
        LabelRequirement[] missed = [.. selector.Requirements.Where(item => !new LabelSelector { Requirements = [item] }.Matches(labels))];
        if (missed is not [{ Values: [var wanted] } only])
            return null;
        if (labels.TryGetValue(only.Key, out string? value))
            return Spelling.Nearest(wanted, [value]) is null && selector.Requirements.Length == 1
                ? null
                : ($"{only.Key}={value}", Spelling.Nearest(wanted, [value]) is null ? 2 : 0);
        string? key = labels.Keys.FirstOrDefault(name => labels[name] == wanted);
        return key is null ? null : ($"{key}={wanted}", 1);
    }
}
