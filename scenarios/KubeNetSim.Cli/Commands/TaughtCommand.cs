using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">One sentence.</param>
internal abstract class TaughtCommand(string name, string description) : Command(name, description)
{
    /// <summary>What the help of <c>kubenetsim</c> itself ends with.</summary>
    public const string FirstSteps =
        """
          kubenetsim init service-types          write a first sample into ./service-types
          kubenetsim run service-types           simulate it
          kubenetsim COMMAND --help              what a command takes, with examples

        FILE is a YAML or JSON file, a folder of them, or - for standard input. Plain Kubernetes manifests are enough: what they do not say (nodes, workload, clocks, prices) has a default, and the output says which defaults were taken.

        Exit codes: 0 done, 1 the check, test or objective failed, 2 bad input or usage, 3 internal error, 130 interrupted.
        """;

    /// <summary>Command lines that work, with a word on what each does.</summary>
    public abstract string Examples { get; }

    /// <summary>The -o option.</summary>
    /// <param name="formats">What it accepts; the first is the default.</param>
    protected static Option<string> Format(params string[] formats)
    {
        Option<string> format = new("--output", "-o") { Description = "Output format.", DefaultValueFactory = _ => formats[0] };
        return format.AcceptOnlyFromAmong(formats);
    }
}
