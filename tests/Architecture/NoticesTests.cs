using System.Text.Json;
using NUnit.Framework;

namespace KubeNetSim.Tests.Architecture;

/// <summary>Each package that is distributed with the command is named in the notices, with its version.</summary>
internal sealed class NoticesTests
{
    [Test]
    public void Every_package_that_is_shipped_is_in_the_notices_with_its_version()
    {
        string[] rows = [.. File.ReadAllLines(RepositoryRoot.Combine("THIRD-PARTY-NOTICES.md")).Where(line => line.StartsWith('|'))];

        foreach ((string name, string version) in Shipped())
            Assert.That(rows.Any(row => row.Contains($" {name}", StringComparison.Ordinal) && row.Contains($" {version} ", StringComparison.Ordinal)),
                Is.True, $"{name} {version}");
    }

    // What lies beside the command: each library with files of its own.
    private static IEnumerable<(string Name, string Version)> Shipped()
    {
        using JsonDocument dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kubenetsim.deps.json")));
        JsonElement target = dependencies.RootElement.GetProperty("targets").EnumerateObject().Last().Value;
        return [.. target.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("native", out _))
            .Select(library => library.Name.Split('/')).Where(name => !name[0].StartsWith("KubeNetSim", StringComparison.Ordinal) && name[0] != "kubenetsim")
            .Select(name => (name[0], name[1]))];
    }
}
