using System.Diagnostics;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>The model that the project measures its speed by, for a moment of simulated time.</summary>
[Platform(Exclude = "Win", Reason = "its objects are printed by a shell script")]
public sealed class ReferenceModelTests
{
    [Test]
    public async Task The_reference_model_has_the_size_and_the_load_that_it_is_said_to_have()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(
            await Objects(), "run", RepositoryRoot.Combine("bench", "r1.yaml"), "-", "--duration", "100ms", "--warmup", "10ms", "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        JsonNode results = JsonNode.Parse(console.Output)!;
        JsonNode workload = results["workloads"]![0]!;
        Assert.That((int)results["cluster"]!["nodes"]!, Is.EqualTo(100));
        Assert.That((int)results["cluster"]!["services"]!, Is.AtLeast(1_000));
        Assert.That(workload["backends"]!.AsArray(), Has.Count.EqualTo(10_000));
        // 1.4 million Poisson requests a second for 0.1 s: five standard deviations of 374.
        Assert.That((double)results["requests"]!, Is.EqualTo(140_000).Within(1_870));
        Assert.That((string?)results["proxyMode"], Does.StartWith("iptables"));
    }

    private static async Task<string> Objects()
    {
        ProcessStartInfo start = new("bash", [RepositoryRoot.Combine("bench", "r1-services.sh")]) { RedirectStandardOutput = true };
        using Process script = Process.Start(start)!;
        string objects = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return objects;
    }
}
