using System.Text.Json;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Cases of Kubernetes' own validation tests. A missing namespace is <c>default</c>, as for every command line tool.
/// </summary>
public class UpstreamServiceValidation
{
    private const string CaseOfBareObjects = "name/namespace-missing";

    [Test]
    public async Task Check_says_what_the_API_server_says()
    {
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(UpstreamFacts.Find("service-validation.json")));
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
