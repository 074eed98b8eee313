using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary>The controller that an event names: <c>deployment: web</c>, and its namespace where several have the name.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Namespace">Empty where the event does not say it.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct NamedController(PodControllerKind Kind, string Namespace, string Name)
{
    private string Text => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    /// <summary>Reads it; null where not exactly one of the kinds is named, which is reported.</summary>
    /// <param name="fields">The event.</param>
    /// <param name="example">How it is written, for the message.</param>
    /// <param name="kinds">Which kinds there may be, each with its field.</param>
    public static NamedController? Read(Fields fields, string example, params (string Field, PodControllerKind Kind)[] kinds)
    {
        (PodControllerKind Kind, string? Name)[] named = [.. kinds.Select(kind => (kind.Kind, fields.Text(kind.Field)))];
        string space = fields.Text("namespace") ?? "";
        (PodControllerKind Kind, string? Name)[] meant = [.. named.Where(item => item.Name is not null)];
        if (meant.Length == 1)
            return new NamedController(meant[0].Kind, space, meant[0].Name!);
        string fieldNames = string.Join(", ", kinds[..^1].Select(kind => kind.Field)) + (kinds.Length > 1 ? " or " : "") + kinds[^1].Field;
        fields.Error("required-field", kinds[0].Field, $"This must name exactly one {fieldNames}", example);
        return null;
    }

    /// <summary>The namespace of the one controller that is meant; null where there is none or more than one, which is reported.</summary>
    /// <param name="controllers">The controllers of the files.</param>
    /// <param name="item">The event.</param>
    /// <param name="field">The field that holds it.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public string? FindNamespace(ImmutableArray<PodController> controllers, TimelineEvent item, string field, List<Problem> problems)
    {
        (PodControllerKind kind, string space, string name) = this;
        PodController[] named =
        [
            .. controllers.Where(controller => controller.Kind == kind && controller.Meta.Name == name
                && (space.Length == 0 || controller.Meta.Namespace == space)),
        ];
        if (named.Length == 1)
            return named[0].Meta.Namespace;
        string? near = Spelling.Nearest(name, controllers.Where(controller => controller.Kind == kind).Select(controller => controller.Meta.Name));
        (string message, string? help) = named.Length == 0
            ? ($"There is no {kind} {Text} in the files", near is null ? null : $"did you mean \"{near}\"?")
            : ($"There are {kind}s {string.Join(" and ", named.Select(controller => controller.Meta.FullName))}", "say the namespace");
        problems.Add(new Problem(Severity.Error, "unknown-event-target", item.Origin.Of(field), $"spec.timeline.{field}", message, help));
        return null;
    }
}
