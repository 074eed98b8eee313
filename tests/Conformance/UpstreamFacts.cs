using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>Facts that were taken from Kubernetes' own test suites and are not part of this repository. A test that needs them is skipped where they are absent.</summary>
internal static class UpstreamFacts
{
    private const string Variable = "KUBENETSIM_UPSTREAM_FACTS";

    /// <summary>The path of a file or folder of the facts. Skips the test where there is none.</summary>
    public static string Find(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore($"The facts of Kubernetes' own tests are absent: set {Variable} to their folder.");
        string path = Path.Combine(folder!, name);
        if (!Path.Exists(path))
            Assert.Ignore($"{Variable} is {folder}, which has no {name}.");
        return path;
    }
}
