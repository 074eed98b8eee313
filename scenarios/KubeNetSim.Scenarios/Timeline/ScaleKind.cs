using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary><c>scale: {deployment: web, replicas: 6}</c>. The namespace may be left out where only one controller has the name.</summary>
internal sealed class ScaleKind : EventKind
{
    public override string Field => "scale";

    public override string Example => "scale: {deployment: web, replicas: 6}";

    public override TimelineEvent? Read(Fields fields, long atNs, ObjectOrigin origin)
    {
        (PodControllerKind Kind, string? Name)[] named =
        [
            (PodControllerKind.Deployment, fields.Text("deployment")),
            (PodControllerKind.StatefulSet, fields.Text("statefulSet")),
            (PodControllerKind.ReplicaSet, fields.Text("replicaSet")),
        ];
        long? replicas = fields.Integer("replicas", 0, 1_000_000);
        string space = fields.Text("namespace") ?? "";
        (PodControllerKind Kind, string? Name)[] meant = [.. named.Where(item => item.Name is not null)];
        if (meant.Length != 1)
            fields.Error("required-field", "deployment", "This must name exactly one deployment, statefulSet or replicaSet", Example);
        if (!fields.Has("replicas"))
            fields.Error("required-field", "replicas", "The field \"replicas\" is required", "replicas: 6");
        return replicas is null || meant.Length != 1 ? null
            : new ScaleEvent(atNs, origin, meant[0].Kind, space, meant[0].Name!, (int)replicas.Value);
    }

    public override TimelineEvent? Resolve(TimelineEvent item, ImmutableArray<PodController> controllers, List<Problem> problems)
    {
        if (item is not ScaleEvent scale)
            return null;
        PodController[] named =
        [
            .. controllers.Where(controller => controller.Kind == scale.Kind && controller.Meta.Name == scale.Name
                && (scale.Namespace.Length == 0 || controller.Meta.Namespace == scale.Namespace)),
        ];
        if (named.Length == 1)
            return scale with { Namespace = named[0].Meta.Namespace };
        string name = scale.Namespace.Length == 0 ? scale.Name : $"{scale.Namespace}/{scale.Name}";
        (string message, string? help) = named.Length == 0
            ? ($"There is no {scale.Kind} {name} in the files", Suggest(scale, controllers))
            : ($"There are {scale.Kind}s {string.Join(" and ", named.Select(controller => controller.Meta.FullName))}", "say the namespace");
        problems.Add(new Problem(Severity.Error, "unknown-scale-target", scale.Origin.Of("scale"), "spec.timeline.scale", message, help));
        return scale;
    }

    private static string? Suggest(ScaleEvent scale, ImmutableArray<PodController> controllers)
    {
        IEnumerable<string> names = controllers.Where(controller => controller.Kind == scale.Kind).Select(controller => controller.Meta.Name);
        return Spelling.Nearest(scale.Name, names) is { } near ? $"did you mean \"{near}\"?" : null;
    }
}
