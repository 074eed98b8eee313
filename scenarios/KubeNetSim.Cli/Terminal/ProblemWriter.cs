using KubeNetSim.Model;

namespace KubeNetSim.Cli;

/// <summary>Prints problems to standard error, all at once, one a line: <c>FILE:LINE:COLUMN: message</c>.</summary>
internal static class ProblemWriter
{
    private const string Red = "\u001b[31m";
    private const string Yellow = "\u001b[33m";
    private const string Reset = "\u001b[0m";

    /// <summary>Writes the problems; true where none of them is an error.</summary>
    public static bool Write(IReadOnlyCollection<Problem> problems, CommandConsole console)
    {
        foreach (Problem problem in problems)
            console.Error.WriteLine(console.UsesColor ? Colored(problem) : problem.ToString());
        return problems.All(problem => problem.Severity != Severity.Error);
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
