using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>--set</c> and its short forms: fields of the Scenario that get another value, whatever the files say.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A field of the Scenario and its value. Repeatable.",
        HelpName = "spec.FIELD=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _mode = Short("--mode", "MODE");
    private readonly Option<string?> _nodes = Short("--nodes", "N");
    private readonly Option<string?> _cloud = Short("--cloud", "CLOUD");

    /// <summary>The options, for the command that takes them.</summary>
    public IEnumerable<Option> Options => [_set, _mode, _nodes, _cloud];

    /// <summary>The fields that the command line sets.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">What is wrong with them is added here.</param>
    public ImmutableArray<FieldOverride> Read(ParseResult parsed, ICollection<Problem> problems) =>
    [
        .. parsed.GetRequiredValue(_set).Select(text => Parse(text, "--set", problems)).OfType<FieldOverride>(),
        .. ((Option<string?>[])[_mode, _nodes, _cloud]).Where(option => parsed.GetValue(option) is not null)
            .Select(option => FieldOverride.Parse(PathOf(option.Name)!, parsed.GetValue(option)!, $"{option.Name} {parsed.GetValue(option)}", problems)).OfType<FieldOverride>(),
    ];

    /// <summary>A field and its value, where <c>mode</c>, <c>nodes</c> and <c>cloud</c> are short for their paths.</summary>
    public static FieldOverride? Parse(string text, string option, ICollection<Problem> problems) =>
        text.Split('=', 2) is [var name, var value] && PathOf($"--{name.Trim()}") is { } path
            ? FieldOverride.Parse(path, value, $"{option} {text}", problems) : FieldOverride.Parse(text, option, problems);

    private static string? PathOf(string option) => option switch
    {
        "--mode" => "cluster.kubeProxy.mode",
        "--nodes" => "cluster.nodes",
        "--cloud" => "cluster.cloud",
        _ => null,
    };

    private static Option<string?> Short(string name, string value) =>
        new(name) { Description = $"Short for --set spec.{PathOf(name)}={value}.", HelpName = value };
}
