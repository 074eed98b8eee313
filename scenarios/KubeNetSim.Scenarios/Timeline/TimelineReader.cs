using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary>Reads <c>spec.timeline</c>: each item has a time and exactly one kind of event.</summary>
internal static class TimelineReader
{
    /// <summary>Every kind of event. A new kind is a file of its own and a line here.</summary>
    public static ImmutableArray<EventKind> Kinds { get; } = [new ScaleKind(), new RolloutKind("rollout"), new RolloutKind("restart")];

    /// <summary>The events in the order of time.</summary>
    /// <param name="spec">The spec of a Scenario.</param>
    /// <param name="mostNs">The latest time that an event may have [ns since the start].</param>
    public static ImmutableArray<TimelineEvent> Read(Fields spec, double mostNs) =>
        [.. spec.Mappings("timeline").Select(item => ReadItem(item, mostNs)).OfType<TimelineEvent>().OrderBy(item => item.AtNs)];

    /// <summary>The same events, each with the object that it names.</summary>
    public static ImmutableArray<TimelineEvent> Resolve(
        ImmutableArray<TimelineEvent> timeline, ImmutableArray<PodController> controllers, List<Problem> problems) =>
        [.. timeline.Select(item => Kinds.Select(kind => kind.Resolve(item, controllers, problems)).First(resolved => resolved is not null)!)];

    private static TimelineEvent? ReadItem(Fields item, double mostNs)
    {
        double? at = item.Duration("at", 0, mostNs);
        if (!item.Has("at"))
            item.Error("required-field", "at", "The field \"at\" is required", "at: 20s");
        EventKind[] written = [.. Kinds.Where(kind => item.Has(kind.Field))];
        bool isUnknown = ReportUnknownKinds(item);
        if (written.Length == 0 && !isUnknown)
            item.Error("required-field", Kinds[0].Field, $"An event must say what happens: {KindNames}", Kinds[0].Example);
        if (written.Length > 1)
            item.Error("conflicting-fields", written[1].Field, $"An event has one kind; write another event for \"{written[1].Field}\"");
        TimelineEvent? read = null;
        foreach (EventKind kind in written)
            if (item.Mapping(kind.Field) is { } fields)
            {
                read = kind.Read(fields, (long)(at ?? 0), item.Origin);
                fields.Close();
            }
        return at is null || written.Length != 1 || isUnknown ? null : read;
    }

    private static bool ReportUnknownKinds(Fields item)
    {
        bool isUnknown = false;
        foreach ((ScalarNode key, _) in item.Node.Entries)
        {
            if (key.Text == "at" || Kinds.Any(kind => kind.Field == key.Text))
                continue;
            isUnknown = true;
            string? near = Spelling.Nearest(key.Text, Kinds.Select(kind => kind.Field).Append("at"));
            item.Problems.Add(new Problem(Severity.Error, "unknown-event", key.Position, item.PathOf(key.Text),
                $"There is no event \"{key.Text}\"; an event is one of: {KindNames}", near is null ? Kinds[0].Example : $"did you mean \"{near}\"?"));
        }
        return isUnknown;
    }

    private static string KindNames => string.Join(", ", Kinds.Select(kind => kind.Field));
}
