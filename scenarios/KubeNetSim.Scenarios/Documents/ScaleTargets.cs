using System.Collections.Immutable;

namespace KubeNetSim.Scenarios;

/// <summary>Finds what a timeline scales. An event need not say the namespace of a controller whose name only one has.</summary>
internal static class ScaleTargets
{
    /// <summary>The events, each with the namespace of its controller; what cannot be found is reported.</summary>
    public static ImmutableArray<TimelineEvent> Resolve(ImmutableArray<TimelineEvent> timeline, ImmutableArray<PodController> controllers, List<Problem> problems) =>
        [.. timeline.Select(item => item is TimelineEvent.Scale scale ? Resolve(scale, controllers, problems) : item)];

    private static TimelineEvent.Scale Resolve(TimelineEvent.Scale scale, ImmutableArray<PodController> controllers, List<Problem> problems)
    {
        PodController[] named =
        [
            .. controllers.Where(item => item.Kind == scale.Kind && item.Meta.Name == scale.Name
                && (scale.Namespace.Length == 0 || item.Meta.Namespace == scale.Namespace)),
        ];
        if (named.Length == 1)
            return scale with { Namespace = named[0].Meta.Namespace };
        string name = scale.Namespace.Length == 0 ? scale.Name : $"{scale.Namespace}/{scale.Name}";
        (string message, string? help) = named.Length == 0
            ? ($"There is no {scale.Kind} {name} in the files", Spelling.Nearest(scale.Name, controllers.Where(item => item.Kind == scale.Kind).Select(item => item.Meta.Name)) is { } near ? $"did you mean \"{near}\"?" : null)
            : ($"There are {scale.Kind}s {string.Join(" and ", named.Select(item => item.Meta.FullName))}", "say the namespace");
        problems.Add(new Problem(Severity.Error, "unknown-scale-target", scale.Origin.Of("scale"), "spec.timeline.scale", message, help));
        return scale;
    }
}
