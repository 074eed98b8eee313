using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Timeline;

/// <summary>One kind of timeline event as people write it: <c>{at: 20s, FIELD: {...}}</c>.</summary>
internal abstract class EventKind
{
    /// <summary>The field that holds it.</summary>
    public abstract string Field { get; }

    /// <summary>How it is written, for messages.</summary>
    public abstract string Example { get; }

    /// <summary>The event; null where an error was found.</summary>
    /// <param name="fields">What is written under <see cref="Field"/>; unknown fields of it are reported by the caller.</param>
    /// <param name="atNs">When it happens [ns since the start].</param>
    /// <param name="origin">Its position.</param>
    public abstract TimelineEvent? Read(Fields fields, long atNs, ObjectOrigin origin);

    /// <summary>The event once the objects of the files are known; null where it is of another kind. What cannot be found is reported.</summary>
    public abstract TimelineEvent? Resolve(TimelineEvent item, ImmutableArray<PodController> controllers, List<Problem> problems);
}
