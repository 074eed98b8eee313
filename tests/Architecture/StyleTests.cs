using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Limits that keep a file readable at one sitting, for each product.</summary>
internal sealed partial class StyleTests
{
    private const int MostLines = 250;
    private const int MostColumns = 140;

    // What is still too long or worded badly. What has become good leaves these lists: the tests say so.
    private static readonly string[] KnownLongFiles =
    [
        "sim/KubeNetSim.Simulation/Running/ConnectionPool.cs",
        "sim/KubeNetSim.Simulation/Running/RequestFlow.Network.cs",
        "sim/KubeNetSim.Simulation/Running/RequestFlow.cs",
    ];

    private static readonly string[] KnownWideProjects =
    [
        "analysis/KubeNetSim.Analysis",
        "scenarios/KubeNetSim.Checks",
        "scenarios/KubeNetSim.Cli",
        "scenarios/KubeNetSim.Experiments",
        "scenarios/KubeNetSim.Scenarios",
        "sim/KubeNetSim.DataPlane",
        "sim/KubeNetSim.Measurements",
        "sim/KubeNetSim.Model",
        "sim/KubeNetSim.Simulation",
    ];

    private static readonly string[] KnownDialectProjects =
    [
        "analysis/KubeNetSim.Analysis",
        "scenarios/KubeNetSim.Checks",
        "scenarios/KubeNetSim.Cli",
        "scenarios/KubeNetSim.Experiments",
        "scenarios/KubeNetSim.Scenarios",
        "sim/KubeNetSim.DataPlane",
        "sim/KubeNetSim.Measurements",
        "sim/KubeNetSim.Simulation",
    ];

    [Test]
    public void No_file_is_longer_than_250_lines()
    {
        IEnumerable<string> longFiles = SourceFiles.OfProducts().Where(file => Lines(file).Length > MostLines);

        Assert.That(longFiles, Is.EquivalentTo(KnownLongFiles));
    }

    [Test]
    public void No_line_is_wider_than_140_columns()
    {
        ILookup<string, string> wide = Places(line => line.Length > MostColumns);

        Assert.That(wide.Select(project => project.Key), Is.EquivalentTo(KnownWideProjects), () => Show(wide, KnownWideProjects));
    }

    [Test]
    public void Comments_and_messages_use_the_standard_words()
    {
        ILookup<string, string> dialect = Places(Dialect().IsMatch);

        Assert.That(dialect.Select(project => project.Key), Is.EquivalentTo(KnownDialectProjects), () => Show(dialect, KnownDialectProjects));
    }

    private static string[] Lines(string file) => File.ReadAllLines(RepositoryRoot.Combine(file));

    // By project: "FILE:LINE".
    private static ILookup<string, string> Places(Func<string, bool> isWrong) => SourceFiles.OfProducts()
        .SelectMany(file => Lines(file).Index().Where(line => isWrong(line.Item)).Select(line => (File: file, Line: line.Index + 1)))
        .ToLookup(place => string.Join('/', place.File.Split('/').Take(2)), place => $"{place.File}:{place.Line}");

    private static string Show(ILookup<string, string> places, string[] known) =>
        string.Join('\n', places.Where(project => !known.Contains(project.Key)).SelectMany(project => project));

    // Words that a reader whose first language is not English would have to guess. "A line stands in a file" is "a file has a line".
    [GeneratedRegex(@"\b(nobody|somebody|anybody|stands|told|who is|foresee\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Dialect();
}
