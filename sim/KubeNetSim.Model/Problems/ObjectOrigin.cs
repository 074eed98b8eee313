namespace KubeNetSim.Model.Problems;

/// <summary>
/// Where an object was written, so that a rule that looks at objects (two Services with one node port) can still name file, line
/// and column. Objects that controllers made have the origin of what they were made from.
/// </summary>
/// <param name="start">Where the object begins.</param>
/// <param name="locate">Finds a field by its path; null where the field is not written.</param>
public sealed class ObjectOrigin(SourcePosition start, Func<string, SourcePosition?>? locate = null)
{
    /// <summary>The origin of defaults and of generated objects, which are in no file.</summary>
    public static ObjectOrigin Generated { get; } = new(new SourcePosition("(generated)", 0, 0));

    /// <summary>Where the object begins.</summary>
    public SourcePosition Start { get; } = start;

    /// <summary>Whether a file has the object; otherwise a controller made it.</summary>
    public bool IsWritten => Start.Line > 0;

    /// <summary>Whether a field is written.</summary>
    public bool Has(string field) => locate?.Invoke(field) is not null;

    /// <summary>The position of a field, or of the object where the field is not written.</summary>
    public SourcePosition Of(string field) => locate?.Invoke(field) ?? Start;
}
