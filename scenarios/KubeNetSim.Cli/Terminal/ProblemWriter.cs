namespace KubeNetSim.Cli.Terminal;

/// <summary>Prints problems to standard error, all at once, one a line: <c>FILE:LINE:COLUMN: message</c>.</summary>
internal static class ProblemWriter
{
    private const string Red = "\u001b[31m";
    private const string Yellow = "\u001b[33m";
    private const string Reset = "\u001b[0m";

    /// <summary>Writes the problems, file by file from top to bottom; true where none of them is an error.</summary>
    public static bool Write(IReadOnlyCollection<Problem> problems, CommandConsole console)
    {
        IEnumerable<Problem> ordered = problems.GroupBy(problem => problem.Position.File)
            .SelectMany(file => file.OrderBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column));
        foreach (Problem problem in ordered)
            console.Error.WriteLine(console.UsesColor ? Colored(problem) : problem.ToString());
        int errors = problems.Count(problem => problem.Severity == Severity.Error);
        if (errors > 0)
            WriteUsage(errors == 1 ? "1 error in the input" : $"{errors} errors in the input", console);
        return errors == 0;
    }

    /// <summary>Writes a message about the command line itself.</summary>
    public static void WriteUsage(string message, CommandConsole console) => console.Error.WriteLine($"kubenetsim: {message}");

    private static string Colored(Problem problem)
    {
        string position = problem.Position.ToString();
        string color = problem.Severity switch { Severity.Error => Red, Severity.Warning => Yellow, _ => "" };
        return $"{color}{position}{(color.Length > 0 ? Reset : "")}{problem.ToString()[position.Length..]}";
    }
}
