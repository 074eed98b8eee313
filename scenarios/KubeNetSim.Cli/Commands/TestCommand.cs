using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary><c>test</c>: runs NetworkTest documents: unit tests for Services.</summary>
internal sealed class TestCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string[]> _files = Files();
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly Option<string?> _junit = new("--junit") { Description = "File for the results as JUnit XML, as CI systems read them.", HelpName = "FILE" };

    public TestCommand(CommandConsole console) : base("test", "Check what packets and look-ups meet against what you expect.")
    {
        _console = console;
        Arguments.Add(_files);
        Options.Add(_format);
        Options.Add(_junit);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim test network-test.yaml                  one line a case; exit code 1 where one fails
          kubenetsim test tests/ --junit results.xml         for CI
        """;

    private int Run(ParseResult parsed)
    {
        NetworkTestReading reading = NetworkTestReader.Read(parsed.GetRequiredValue(_files), _console.Input);
        if (!ProblemWriter.Write(reading.Problems, _console))
            return ExitCodes.BadInput;
        ImmutableArray<NetworkTestResult> results = [.. reading.Tests.SelectMany(test => NetworkTestRunner.Run(test))];
        if (parsed.GetValue(_junit) is { } junit)
            WriteJUnit(results, junit);
        string format = parsed.GetRequiredValue(_format);
        if (format == "table")
            WriteTable(results);
        else
            _console.Output.Write(format == "json" ? ToJson(results) : YamlText.FromJson(ToJson(results)));
        return results.All(result => result.Passed) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private void WriteTable(ImmutableArray<NetworkTestResult> results)
    {
        foreach (NetworkTestResult result in results)
        {
            _console.Output.WriteLine($"{(result.Passed ? "ok  " : "FAIL")} {result.Name}");
            if (result.Passed)
                continue;
            _console.Output.WriteLine($"       {result.Position}: {result.Message}");
            _console.Output.WriteLine($"       expected: {result.Expected}");
            _console.Output.WriteLine($"       actual:   {result.Actual}");
        }
        int passed = results.Count(result => result.Passed);
        _console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {results.Length - passed} failed"));
    }

    private static string ToJson(ImmutableArray<NetworkTestResult> results) => JsonSerializer.Serialize(
        results.Select(result => new { result.File, result.Name, result.Passed, result.Expected, result.Actual, result.Message }),
        JsonText.Indented) + "\n";

    private static void WriteJUnit(ImmutableArray<NetworkTestResult> results, string path)
    {
        XElement suites = new("testsuites");
        foreach (IGrouping<string, NetworkTestResult> file in results.GroupBy(result => result.File))
            suites.Add(new XElement("testsuite",
                new XAttribute("name", file.Key), new XAttribute("tests", file.Count()), new XAttribute("failures", file.Count(result => !result.Passed)),
                file.Select(result => new XElement("testcase",
                    new XAttribute("classname", file.Key), new XAttribute("name", result.Name),
                    result.Passed ? null : new XElement("failure", new XAttribute("message", result.Message), $"{result.Position}\nexpected: {result.Expected}\nactual: {result.Actual}")))));
        new XDocument(suites).Save(path);
    }
}
