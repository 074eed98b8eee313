using System.Text.Json;
using KubeNetSim.Cli;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Cases read from Kubernetes' own validation tests, where their file is at hand: KUBENETSIM_UPSTREAM_FACTS names the folder. A missing namespace is
/// <c>default</c>, as for every command line tool.
/// </summary>
[TestFixtureSource(nameof(Files))]
public class UpstreamServiceValidation(string file)
{
    private const string CaseOfBareObjects = "name/namespace-missing";

    private static IEnumerable<string> Files() =>
        Environment.GetEnvironmentVariable("KUBENETSIM_UPSTREAM_FACTS") is { Length: > 0 } folder && Path.Combine(folder, "service-validation.json") is var path && File.Exists(path) ? [path] : [];

    [Test]
    public async Task Check_says_what_the_API_server_says()
    {
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        JsonElement[] facts = [.. document.RootElement.GetProperty("cases").EnumerateArray()];
        Assert.That(facts, Is.Not.Empty);
        foreach (JsonElement fact in facts)
            await Check(fact);
    }

    private static async Task Check(JsonElement fact)
    {
        bool isValid = fact.GetProperty("validAfterDefaulting").GetBoolean() || fact.GetProperty("id").GetString() == CaseOfBareObjects;
        string[] fields = isValid ? [] : [.. fact.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!)];
        bool isWhole = fact.GetProperty("scope").GetString() == "service";
        TestConsole console = new();

        int code = await console.RunWithInputAsync(fact.GetProperty("manifest").GetRawText(), "check", "-", "-o", "json");

        string[] refused = [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray()
            .Where(finding => finding.GetProperty("severity").GetString() == "error").Select(finding => finding.GetProperty("field").GetString()!)];
        // Other cases are of one function of the validation, which says nothing of other fields.
        Assert.That(isWhole ? refused : [.. refused.Where(field => field.Contains("TrafficPolicy", StringComparison.Ordinal) || field.Contains("healthCheck", StringComparison.Ordinal))],
            Is.EquivalentTo(fields).IgnoreCase, fact.GetProperty("id").GetString());
        Assert.That(code, Is.EqualTo(refused.Length > 0 ? ExitCodes.Failed : ExitCodes.Done), fact.GetProperty("id").GetString());
    }
}
