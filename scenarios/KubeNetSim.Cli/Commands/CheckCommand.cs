using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>check</c>: what the API server would refuse, and what hurts though it is accepted.</summary>
internal sealed class CheckCommand : TaughtCommand
{
    /// <summary>Rules of input that cannot be read at all: what it holds nobody knows, so that no pitfall can be told.</summary>
    private static readonly HashSet<string> Unreadable =
    [
        "yaml-syntax", "no-such-file", "unreadable-file", "binary-file", "file-too-large", "empty-input", "no-object", "too-deep", "too-many-nodes",
        "alias-bomb", "unknown-anchor", "cyclic-anchor",
    ];

    private readonly CommandConsole _console;
    private readonly FileArguments _files = new();
    private readonly SettingOptions _settings = new();
    private readonly Option<string> _format = Format("table", "json", "yaml", "sarif");
    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with 1 for warnings, too." };
    private readonly Option<string?> _explain = new("--explain") { Description = "Tell what a rule is about, instead of checking: what is wrong, why it hurts, what to write.", HelpName = "RULE" };

    public CheckCommand(CommandConsole console) : base("check", "Find what the API server would refuse, then the pitfalls.")
    {
        _console = console;
        _files.AddTo(this, isOptional: true);
        foreach (Option option in new Option[] { _strict, _explain, _format }.Concat(_settings.Options))
            Options.Add(option);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim check manifests/                        every problem of every file; exit code 1 where one is an error
          kubectl get svc,deploy -A -o yaml | kubenetsim check -
          kubenetsim check . -o sarif > check.sarif          for code-review tools
          kubenetsim check --explain local-policy-without-pods
        """;

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_explain) is { } rule)
            return Explain(rule);
        string[] files = _files.Of(parsed);
        if (files.Length == 0)
            return Refuse("check: give a FILE, or --explain RULE");
        List<Problem> problems = [];
        ImmutableArray<FieldOverride> settings = _settings.Read(parsed, problems);
        if (!ProblemWriter.Write(problems, _console))
            return ExitCodes.BadInput;
        ManifestReading reading = ScenarioReader.ReadWithErrors(files, _console.Input, settings);
        bool isUnreadable = reading.Problems.Any(problem => Unreadable.Contains(problem.Rule));
        ImmutableArray<Problem> findings = InOrder([.. reading.Problems.Where(IsFinding), .. isUnreadable ? [] : Pitfalls(reading)]);
        Write(findings, parsed.GetRequiredValue(_format));
        WriteSummary(findings, reading, isUnreadable);
        bool failed = findings.Any(problem => problem.Severity == Severity.Error || (parsed.GetValue(_strict) && problem.Severity == Severity.Warning));
        return isUnreadable ? ExitCodes.BadInput : failed ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static ImmutableArray<Problem> Pitfalls(ManifestReading reading) => reading.Scenario is { } scenario
        ? ManifestCheck.Find(scenario, reading.LeftOut, reading.Problems.Any(problem => problem.Severity == Severity.Error))
        : [];

    // Kinds that have no part here are no problem of the files.
    private static bool IsFinding(Problem problem) => problem.Rule != "ignored-kind";

    private static ImmutableArray<Problem> InOrder(IEnumerable<Problem> problems) =>
    [
        .. problems.GroupBy(problem => problem.Position.File)
            .SelectMany(file => file.OrderBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column).ThenBy(problem => problem.Severity).ThenBy(problem => problem.Rule, StringComparer.Ordinal)),
    ];

    private int Explain(string id)
    {
        if (RuleCatalog.Find(id) is not { } rule)
            return Refuse($"check: there is no rule '{id}'; docs/check.md lists them");
        _console.Output.WriteLine($"{rule.Id}\n\n{rule.Markdown}");
        return ExitCodes.Done;
    }

    private int Refuse(string why)
    {
        ProblemWriter.WriteUsage(why, _console);
        return ExitCodes.BadInput;
    }

    private void Write(ImmutableArray<Problem> findings, string format)
    {
        switch (format)
        {
            case "json":
                _console.Output.Write(ToJson(findings));
                break;
            case "yaml":
                _console.Output.Write(YamlText.FromJson(ToJson(findings)));
                break;
            case "sarif":
                _console.Output.Write(SarifLog.Of(findings));
                break;
            default:
                WriteText(findings);
                break;
        }
    }

    private void WriteText(ImmutableArray<Problem> findings)
    {
        (IReadOnlyList<Problem> shown, string? rest) = ErrorLimit.Apply(findings, _console);
        foreach (Problem problem in shown)
        {
            string field = problem.Field.Length == 0 ? "" : $"{problem.Field}: ";
            _console.Output.WriteLine(ForeignText.InOneLine($"{problem.Position}: {NameOf(problem.Severity)}: {field}{problem.Message} [{problem.Rule}]"));
            if (problem.Help is { } help)
                _console.Output.WriteLine(ForeignText.InOneLine($"    write: {help}"));
        }
        if (rest is not null)
            ProblemWriter.WriteUsage(rest, _console);
    }

    private static string ToJson(ImmutableArray<Problem> findings) => JsonSerializer.Serialize(
        findings.Select(problem => new
        {
            Severity = NameOf(problem.Severity),
            problem.Rule,
            problem.Position.File,
            problem.Position.Line,
            problem.Position.Column,
            problem.Field,
            problem.Message,
            problem.Help,
        }),
        JsonText.Indented) + "\n";

    private void WriteSummary(ImmutableArray<Problem> findings, ManifestReading reading, bool isUnreadable)
    {
        foreach (string other in reading.Problems.Where(problem => !IsFinding(problem)).Select(problem => problem.Message).Distinct(StringComparer.Ordinal))
            _console.Error.WriteLine($"not checked: {other}");
        if (isUnreadable)
            _console.Error.WriteLine("not checked: pitfalls, which are looked for once all of the input can be read");
        string Count(Severity severity, string what)
        {
            int count = findings.Count(problem => problem.Severity == severity);
            return count == 1 ? $"1 {what}" : $"{count} {what}s";
        }
        _console.Error.WriteLine(findings.IsEmpty ? "nothing found" : $"{Count(Severity.Error, "error")}, {Count(Severity.Warning, "warning")}, {Count(Severity.Info, "piece")} of advice");
    }

    private static string NameOf(Severity severity) => severity.ToString().ToLowerInvariant();
}
