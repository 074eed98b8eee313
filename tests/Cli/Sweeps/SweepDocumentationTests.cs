using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>docs/sweep.md keeps its word: its example is a Sweep, and its table of columns is that of the table.</summary>
internal sealed partial class SweepDocumentationTests
{
    private const string Milliseconds = " [ms]";

    private static readonly string Text = File.ReadAllText(RepositoryRoot.Combine("docs", "sweep.md"));

    [Test]
    public void The_example_is_a_sweep()
    {
        using SweepFiles files = new();
        File.WriteAllText(files.At("sweep.yaml"), Example().Match(Text).Groups["yaml"].Value);

        SweepReading reading = SweepReader.Read(files.At("sweep.yaml"));

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Sweep!.Points, Has.Length.EqualTo(12));
    }

    [Test]
    public void The_page_has_every_column_of_the_table_with_its_unit_and_meaning_and_no_other()
    {
        (string, string, string)[] written =
            [.. Row().Matches(Text[Text.IndexOf("### The columns", StringComparison.Ordinal)..]).Select(row => (row.Groups["name"].Value, row.Groups["unit"].Value, row.Groups["meaning"].Value))];
        string[] fixedColumns = ["point", "workload", "replication"];

        Assert.That(written.Where(row => !fixedColumns.Contains(row.Item1)).Select(row => (row.Item1, row.Item3)),
            Is.EqualTo(SweepMetric.All.Select(metric => (metric.Name, metric.Meaning.Replace(Milliseconds, "", StringComparison.Ordinal)))));
        Assert.That(written.Where(row => row.Item2 == "ms").Select(row => row.Item1),
            Is.EqualTo(SweepMetric.All.Where(metric => metric.Meaning.EndsWith(Milliseconds, StringComparison.Ordinal)).Select(metric => metric.Name)));
        Assert.That(written.Select(row => row.Item1), Is.SupersetOf(fixedColumns));
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9_]+)` \| (?<unit>[^|]*) \| (?<meaning>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
