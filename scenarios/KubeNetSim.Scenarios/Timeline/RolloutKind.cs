using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary>
/// <c>rollout: {deployment: web}</c>, or <c>restart</c>, which does the same to the pods. The namespace may be left out where only one
/// controller has the name.
/// </summary>
/// <param name="field">The word that is written.</param>
internal sealed class RolloutKind(string field) : EventKind
{
    public override string Field { get; } = field;

    public override string Example => $"{Field}: {{deployment: web}}";

    public override TimelineEvent? Read(Fields fields, long atNs, ObjectOrigin origin) =>
        NamedController.Read(fields, Example,
            ("deployment", PodControllerKind.Deployment), ("statefulSet", PodControllerKind.StatefulSet), ("daemonSet", PodControllerKind.DaemonSet))
            is { } meant ? new RolloutEvent(atNs, origin, meant.Kind, meant.Namespace, meant.Name) { Word = Field } : null;

    public override TimelineEvent? Resolve(TimelineEvent item, ImmutableArray<PodController> controllers, List<Problem> problems)
    {
        if (item is not RolloutEvent rollout || rollout.Word != Field)
            return null;
        NamedController named = new(rollout.Kind, rollout.Namespace, rollout.Name);
        return named.FindNamespace(controllers, item, Field, problems) is { } space ? rollout with { Namespace = space } : rollout;
    }
}
