using System.Collections;

namespace KubeNetSim.Cli.Terminal;

/// <summary>What a command reads from and writes to. Data goes to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
public sealed record CommandConsole
{
    /// <summary>Standard input, read where a FILE is <c>-</c>.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody watches <see cref="Error"/> on a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Environment variables: NO_COLOR, TERM and KUBENETSIM_DEBUG are looked at.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock that progress is reported by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The console of this process.</summary>
    public static CommandConsole System() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = Console.Out,
        Error = Console.Error,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Environment = global::System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? ""),
    };

    /// <summary>Whether messages on <see cref="Error"/> are colored: on a terminal that can, unless NO_COLOR is set to anything (no-color.org).</summary>
    public bool UsesColor =>
        IsErrorTerminal && Variable("NO_COLOR").Length == 0 && Variable("TERM") != "dumb";

    /// <summary>Whether an internal error shows its stack trace.</summary>
    public bool ShowsStackTraces => Variable("KUBENETSIM_DEBUG").Length > 0;

    private string Variable(string name) => Environment.GetValueOrDefault(name, "");
}
