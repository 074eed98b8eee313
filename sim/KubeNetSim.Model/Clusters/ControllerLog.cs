using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>Collects the problems, events and defaults that controllers report.</summary>
internal sealed class ControllerLog
{
    private readonly ImmutableArray<Problem>.Builder _problems = ImmutableArray.CreateBuilder<Problem>();
    private readonly ImmutableArray<ClusterEvent>.Builder _events = ImmutableArray.CreateBuilder<ClusterEvent>();
    private readonly ImmutableArray<DefaultTaken>.Builder _defaults = ImmutableArray.CreateBuilder<DefaultTaken>();

    public ImmutableArray<Problem> Problems => _problems.ToImmutable();

    public ImmutableArray<ClusterEvent> Events => _events.ToImmutable();

    public ImmutableArray<DefaultTaken> Defaults => _defaults.ToImmutable();

    /// <summary>The API server would refuse this.</summary>
    public void Error(string rule, ObjectMeta meta, string field, string message, string? help = null) =>
        Error(rule, meta.Origin, field, message, help);

    /// <inheritdoc cref="Error(string, ObjectMeta, string, string, string?)"/>
    public void Error(string rule, ObjectOrigin origin, string field, string message, string? help = null) =>
        _problems.Add(new Problem(Severity.Error, rule, origin.Of(field), field, message, help));

    /// <summary>It is allowed, and probably not meant.</summary>
    public void Warn(string rule, ObjectMeta meta, string field, string message, string? help = null) =>
        _problems.Add(new Problem(Severity.Warning, rule, meta.Origin.Of(field), field, message, help));

    /// <summary>What <c>kubectl get events</c> would show of an object of this kind.</summary>
    public void Event(string kind, ObjectMeta meta, string reason, string message, bool isWarning = true) =>
        _events.Add(new ClusterEvent(kind, meta.Namespace, meta.Name, isWarning, reason, message));

    /// <summary>Records a default that was used because no document sets the value.</summary>
    public void Default(string what, string value) => _defaults.Add(new DefaultTaken(what, value));
}
