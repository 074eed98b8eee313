using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Every sample and benchmark is read without a complaint.</summary>
internal sealed class SampleTests
{
    private static IEnumerable<TestCaseData> Inputs() =>
        Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "samples")).Append(Path.Combine(RepositoryRoot.Path, "bench"))
            .Order(StringComparer.Ordinal)
            .Select(folder => new TestCaseData(folder).SetArgDisplayNames(Path.GetFileName(folder)));

    [TestCaseSource(nameof(Inputs))]
    public void A_sample_is_read_without_an_error_or_a_warning(string folder)
    {
        ScenarioReading reading = ScenarioReader.Read([folder], null);
        Assert.That(reading.Problems.Where(problem => problem.Severity != Severity.Info), Is.Empty);
        Assert.That(reading.Scenario!.Workloads, Is.Not.Empty);
    }
}
