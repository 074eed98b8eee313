using System.Text;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Reads texts and the files in Valid/.</summary>
internal static class Reading
{
    public static ScenarioReading Of(string text) => ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>The scenario of a text without errors.</summary>
    public static Scenario Scenario(string text) => Usable(Of(text));

    public static Scenario Usable(ScenarioReading reading)
    {
        Assert.That(reading.Scenario, Is.Not.Null, string.Join("\n", reading.Problems));
        return reading.Scenario!;
    }

    public static string ValidFile(string name) => RepositoryRoot.Combine("tests", "Scenarios", "Valid", name);
}
