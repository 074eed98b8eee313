using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KubeNetSim.Cli;

/// <summary>
/// The <c>kubenetsim</c> command: finds the command that was asked for, runs it, and turns what happened into an exit code. Nobody
/// but a developer with KUBENETSIM_DEBUG set sees a stack trace.
/// </summary>
public static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">What follows <c>kubenetsim</c>.</param>
    /// <param name="console">What it reads from and writes to.</param>
    /// <param name="cancellation">Interrupts it, as Ctrl-C and SIGTERM do.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, CancellationToken cancellation)
    {
        InvocationConfiguration configuration = new()
        {
            Output = console.Output,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            // Until who is interrupted has written what there is: tables, figures and pages of a large cluster, on a busy machine.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
        };
        try
        {
            if (args.Any(argument => argument.Length == 0 || argument.EndsWith('=') && argument.StartsWith("--", StringComparison.Ordinal) || argument.Contains('\0', StringComparison.Ordinal)))
            {
                ProblemWriter.WriteUsage("an argument is empty; a FILE, a DIR and a NAME have at least one character", console);
                return ExitCodes.BadInput;
            }
            console = console with { ShowsAllErrors = args.Contains("--all-errors") };
            ParseResult parsed = Root(console).Parse(args.Length > 0 ? args : ["--help"]);
            if (OptionCheck.Unknown(parsed) is { } unknown)
            {
                ProblemWriter.WriteUsage(unknown, console);
                return ExitCodes.BadInput;
            }
            if (parsed.Action is ParseErrorAction wrong)
                wrong.ShowHelp = false;
            int code = await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
            return parsed.Action is ParseErrorAction ? ExitCodes.BadInput : code;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("kubenetsim: interrupted");
            return ExitCodes.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ProblemWriter.WriteUsage(failure.Message, console);
            return ExitCodes.BadInput;
        }
#pragma warning disable CA1031 // The one place that catches everything: what is left is our own mistake, and users get no stack trace for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            ReportInternalError(failure, console);
            return ExitCodes.InternalError;
        }
    }

    private static RootCommand Root(CommandConsole console)
    {
        TaughtCommand[] commands =
        [
            new RunCommand(console), new TraceCommand(console), new ResolveCommand(console), new RulesCommand(console), new CheckCommand(console), new TestCommand(console), new WatchBytesCommand(console), new SweepCommand(console), new PlanCommand(console), new DiffCommand(console), new CompareCommand(console), new ReportCommand(console), new GetCommand(console), new DescribeCommand(console), new InitCommand(console),
            new ExplainCommand(console), new SchemaCommand(console), new CompletionsCommand(console),
        ];
        RootCommand root = new(
            "Simulates a Kubernetes cluster's network: what happens to a request between its client and its pod, and what it costs.")
        {
            HelpName = "kubenetsim",
        };
        foreach (TaughtCommand command in commands)
            root.Subcommands.Add(command);
        root.Options.Add(new Option<bool>("--all-errors")
        {
            Description = $"Print every problem of the input; else at most {ErrorLimit.OfAFile} of a file and {ErrorLimit.InAll} in all.",
            Recursive = true,
        });
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        return root;
    }

    private static void ReportInternalError(Exception failure, CommandConsole console)
    {
        console.Error.WriteLine($"kubenetsim: internal error: {failure.GetType().Name}: {failure.Message}");
        console.Error.WriteLine(
            $"This is a mistake in kubenetsim {ProgramVersion.Text}, not in your files. Please report it as an issue of the project, with the line above, the command and the files.");
        console.Error.WriteLine(
            console.ShowsStackTraces ? failure.ToString() : "KUBENETSIM_DEBUG=1 shows where it happened.");
    }
}
