namespace KubeNetSim.Cli.Terminal;

/// <summary>How many problems are printed: a file of a million bad documents must not print a million lines.</summary>
internal static class ErrorLimit
{
    /// <summary>Of one file.</summary>
    public const int OfAFile = 100;

    /// <summary>In all.</summary>
    public const int InAll = 1_000;

    /// <summary>The problems to print, and a line about the others; null where there are none.</summary>
    public static (IReadOnlyList<Problem> Shown, string? Remark) Apply(IReadOnlyCollection<Problem> problems, CommandConsole console)
    {
        Problem[] shown = console.ShowsAllErrors ? [.. problems]
            : [.. problems.GroupBy(problem => problem.Position.File).SelectMany(file => file.Take(OfAFile)).Take(InAll)];
        int left = problems.Count - shown.Length;
        return (shown, left == 0 ? null : $"{left} more {(left == 1 ? "problem is" : "problems are")} not shown; --all-errors shows all");
    }
}
