namespace KubeNetSim.Model.Problems;

/// <summary>How much a <see cref="Problem"/> matters.</summary>
public enum Severity
{
    /// <summary>The input cannot be used.</summary>
    Error,

    /// <summary>It works, but probably not as its author thinks.</summary>
    Warning,

    /// <summary>Good to know: something was ignored or assumed.</summary>
    Info,
}

/// <summary>A place in a file. Lines and columns count from 1; 0 where a file has no such place (it is empty, or binary).</summary>
/// <param name="File">The file as its user named it; <c>-</c> for standard input.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>A place on the command line, which has no lines.</summary>
    /// <param name="option">The option, for example <c>--set</c>.</param>
    public static SourcePosition Of(string option) => new(option, 0, 0);

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>Something its author should know about an input: where, in which field, what is wrong and what would be right.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule's name: stable, lower case with hyphens, for example <c>duplicate-node-port</c>.</param>
/// <param name="Position">Where in the input.</param>
/// <param name="Field">Path of the field, for example <c>spec.ports[0].nodePort</c>; empty for a whole document.</param>
/// <param name="Message">What is wrong, in one sentence, naming object and value.</param>
/// <param name="Help">What would be right; null where the message says it all.</param>
public sealed record Problem(
    Severity Severity, string Rule, SourcePosition Position, string Field, string Message, string? Help = null)
{
    /// <summary><c>FILE:LINE:COLUMN: severity: field: message. help</c>.</summary>
    public override string ToString()
    {
        string severity = Severity == Severity.Error ? "" : Severity == Severity.Warning ? "warning: " : "info: ";
        string field = Field.Length == 0 ? "" : $"{Field}: ";
        string help = Help is null ? "" : $" ({Help})";
        return ForeignText.InOneLine($"{Position}: {severity}{field}{Message}{help}");
    }
}
