using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary><c>scale: {deployment: web, replicas: 6}</c>. The namespace may be left out where only one controller has the name.</summary>
internal sealed class ScaleKind : EventKind
{
    public override string Field => "scale";

    public override string Example => "scale: {deployment: web, replicas: 6}";

    public override TimelineEvent? Read(Fields fields, long atNs, ObjectOrigin origin)
    {
        NamedController? named = NamedController.Read(fields, Example,
            ("deployment", PodControllerKind.Deployment), ("statefulSet", PodControllerKind.StatefulSet), ("replicaSet", PodControllerKind.ReplicaSet));
        long? replicas = fields.Integer("replicas", 0, 1_000_000);
        if (!fields.Has("replicas"))
            fields.Error("required-field", "replicas", "The field \"replicas\" is required", "replicas: 6");
        return replicas is null || named is not { } meant ? null
            : new ScaleEvent(atNs, origin, meant.Kind, meant.Namespace, meant.Name, (int)replicas.Value);
    }

    public override TimelineEvent? Resolve(TimelineEvent item, ImmutableArray<PodController> controllers, List<Problem> problems)
    {
        if (item is not ScaleEvent scale)
            return null;
        NamedController named = new(scale.Kind, scale.Namespace, scale.Name);
        return named.FindNamespace(controllers, item, Field, problems) is { } space ? scale with { Namespace = space } : scale;
    }
}
