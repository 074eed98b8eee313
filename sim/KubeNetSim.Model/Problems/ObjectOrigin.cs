namespace KubeNetSim.Model.Problems;

/// <summary>
/// Where an object was written, so that a rule that looks at objects (two Services with one node port) can still name file, line
/// and column. Objects that controllers made have the origin of what they were made from.
/// </summary>
/// <param name="start">Where the object begins.</param>
/// <param name="locate">Finds a field by its path; null where the field is not written.</param>
public sealed class ObjectOrigin(SourcePosition start, Func<string, SourcePosition?>? locate = null)
{
    /// <summary>The origin of what nobody wrote: defaults and generated objects.</summary>
    public static ObjectOrigin Generated { get; } = new(new SourcePosition("(generated)", 0, 0));

    /// <summary>Where the object begins.</summary>
    public SourcePosition Start { get; } = start;

    /// <summary>Whether somebody wrote the object, rather than a controller.</summary>
    public bool IsWritten => Start.Line > 0;

    /// <summary>Whether a field is written.</summary>
    public bool Has(string field) => locate?.Invoke(field) is not null;

    /// <summary>Where a field stands, or where the object begins if the field is not written.</summary>
    public SourcePosition Of(string field) => locate?.Invoke(field) ?? Start;
}
