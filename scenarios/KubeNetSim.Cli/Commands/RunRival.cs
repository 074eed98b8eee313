using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>--compare-with</c>: the same scenario with some fields set otherwise, simulated with the same random numbers, and compared in a line.</summary>
internal sealed class RunRival
{
    private readonly Option<string[]> _option = new("--compare-with")
    {
        Description = "Simulate the same with this field set otherwise, and say how many times faster one is; mode=, nodes= and cloud= are short. Repeated: all of them.",
        HelpName = "spec.FIELD=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The option, for the command that takes it.</summary>
    public Option Option => _option;

    /// <summary>Fields of the other scenario; empty where nothing is to be compared.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">What is wrong with them is added here.</param>
    public ImmutableArray<FieldOverride> Read(ParseResult parsed, ICollection<Problem> problems) =>
        [.. parsed.GetRequiredValue(_option).Select(text => SettingOptions.Parse(text, "--compare-with", problems)).OfType<FieldOverride>()];

    /// <summary>How the two differ, a line for each workload.</summary>
    /// <param name="settings">Fields that are set in the scenario of the run.</param>
    /// <param name="results">What it measured.</param>
    /// <param name="other">Fields of the other.</param>
    /// <param name="otherResults">What that measured.</param>
    public static IEnumerable<string> Compare(
        ImmutableArray<FieldOverride> settings, RunResults results, ImmutableArray<FieldOverride> other, RunResults otherResults) => Speedup.Lines(
        results, string.Join(", ", other.Select(field => NameOf(field.Path, settings, results)).Distinct()),
        otherResults, string.Join(", ", other.Select(field => NameOf(field.Path, other, otherResults))));

    private static string NameOf(string path, ImmutableArray<FieldOverride> settings, RunResults results) => path switch
    {
        "cluster.kubeProxy.mode" => results.ProxyMode.Split(' ')[0],
        "cluster.nodes" => $"{results.Cluster.Nodes} nodes",
        "cluster.cloud" => $"cloud {results.Cloud}",
        _ => settings.LastOrDefault(setting => setting.Path == path) is { } set ? set.ToString() : "as written",
    };
}
