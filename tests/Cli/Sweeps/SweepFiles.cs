using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>A folder with a small scenario and a Sweep of it.</summary>
internal sealed class SweepFiles : IDisposable
{
    private const string Scenario = """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: web}]}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: base}
        spec:
          workloads: [{name: all, from: nodes, to: "http://web/", arrivals: {poisson: {rate: 100/s}}}]
          run: {duration: 1s, replications: 2}
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("kubenetsim-sweep-").FullName;

    public SweepFiles() => File.WriteAllText(At("scenario.yaml"), Scenario);

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Writes the Sweep.</summary>
    /// <param name="axes">Its axes, a line each, indented by four.</param>
    /// <param name="more">Further lines of its spec.</param>
    /// <returns>Its path.</returns>
    public string Write(string axes, string more = "")
    {
        File.WriteAllText(At("sweep.yaml"), $"apiVersion: kubenetsim.io/v1alpha1\nkind: Sweep\nmetadata: {{name: grid}}\nspec:\n  scenario: scenario.yaml\n  axes:\n{axes}\n{more}");
        return At("sweep.yaml");
    }

    /// <summary>Runs a command that succeeds.</summary>
    public static async Task<TestConsole> RunAsync(params string[] arguments)
    {
        TestConsole console = new();
        int code = await console.RunAsync(arguments);
        Assert.That(code, Is.Zero, console.Error);
        return console;
    }

    /// <summary>All that a folder holds, by relative path.</summary>
    public static SortedDictionary<string, byte[]> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes),
        StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
