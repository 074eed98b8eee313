using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>test</c>: runs NetworkTest documents: unit tests for Services.</summary>
internal sealed class TestCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly FileArguments _files = new();
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly Option<string?> _junit = new("--junit") { Description = "File for the results as JUnit XML, as CI systems read them.", HelpName = "FILE" };

    public TestCommand(CommandConsole console) : base("test", "Check what packets and look-ups meet against what you expect.")
    {
        _console = console;
        _files.AddTo(this);
        Options.Add(_format);
        Options.Add(_junit);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim test samples/network-test               one line a case; exit code 1 where one fails
          kubenetsim test tests/ --junit results.xml         for CI
          kubenetsim test tests/ -o json | jq '.[] | select(.passed | not)'
        """;

    private int Run(ParseResult parsed)
    {
        NetworkTestReading reading = NetworkTestReader.Read(_files.Of(parsed), _console.Input);
        if (!ProblemWriter.Write(reading.Problems, _console))
            return ExitCodes.BadInput;
        ImmutableArray<NetworkTestResult> results = [.. reading.Tests.SelectMany(test => NetworkTestRunner.Run(test))];
        string format = parsed.GetRequiredValue(_format);
        if (format == "table")
            TestTable.Write(_console.Output, results);
        else
            _console.Output.Write(format == "json" ? ToJson(results) : YamlText.FromJson(ToJson(results)));
        if (parsed.GetValue(_junit) is { } junit)
            WriteJUnit(results, junit);
        return results.All(result => result.Passed) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string ToJson(ImmutableArray<NetworkTestResult> results) => JsonSerializer.Serialize(
        results.Select(result => new { result.File, result.Name, result.Passed, result.Expected, result.Actual, result.Message }),
        JsonText.Indented) + "\n";

    private static void WriteJUnit(ImmutableArray<NetworkTestResult> results, string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        WholeFile.Write(path, file =>
        {
            using XmlWriter writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
            JUnitReport.Of(results).Save(writer);
        });
    }
}
