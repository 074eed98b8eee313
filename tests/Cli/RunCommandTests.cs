using System.Diagnostics;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>The sample, simulated for a short time.</summary>
public sealed class RunCommandTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "service-types");
    private static readonly string[] Workloads = ["clusterip", "nodeport", "loadbalancer", "headless", "externalname"];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_table_has_a_row_for_each_workload_and_the_folder_has_the_results()
    {
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, "--duration", "2s", "--replications", "2", "--out", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        foreach (string workload in Workloads)
            Assert.That(console.Output, Does.Match($@"(?m)^{workload} +\S"));
        Assert.That(console.Error, Does.Contain("requests/s; wrote ").And.Contain("results.json"));
        JsonNode results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "results.json")))!;
        Assert.That(results["workloads"]!.AsArray().Select(workload => (string?)workload!["name"]), Is.EqualTo(Workloads));
    }

    [Test]
    public async Task A_folder_that_is_a_file_is_told_before_anything_is_simulated()
    {
        string file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "mine");
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, "--duration", "1000h", "--out", file);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"{file} is a file; results are kept in a folder: --out DIR"));
    }

    [Test]
    public async Task A_standard_error_that_takes_nothing_leaves_the_exit_code()
    {
        int code = await CommandLine.RunAsync(
            ["run", Path.Combine(_folder, "missing.yaml")], new CommandConsole { Input = Stream.Null, Output = TextWriter.Null, Error = new FullWriter() }, default);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
    }

    [Test]
    public async Task Results_keep_the_names_that_scripts_rely_on()
    {
        JsonNode results = JsonNode.Parse(await Printed("--duration", "2s", "--replications", "2", "-o", "json"))!;
        JsonNode workload = results["workloads"]![0]!;

        Assert.That(Keys(results), Is.SupersetOf(
            ["scenario", "seed", "replications", "simulatedSeconds", "wallSeconds", "requests", "events", "workloads", "nodes", "cost"]));
        Assert.That(Keys(workload), Is.SupersetOf(
            ["name", "from", "to", "path", "requests", "succeeded", "failed", "latencyMs", "latencyCI95Ms", "breakdownMs",
             "hopsMean", "crossNodeShare", "crossZoneShare", "crossZoneBytes", "clientIPPreserved", "backends"]));
        Assert.That(Keys(workload["failed"]!), Is.EqualTo(["refused", "dropped", "timedOut", "overflowed", "unresolved"]));
        Assert.That(Keys(workload["latencyMs"]!), Is.EqualTo(["mean", "p50", "p90", "p99", "p999", "max"]));
        Assert.That(Keys(workload["breakdownMs"]!), Is.EqualTo(["dns", "connect", "loadBalancer", "rules", "network", "queue", "service"]));
        Assert.That(Keys(workload["backends"]![0]!), Is.EqualTo(["pod", "node", "zone", "requests"]));
    }

    [Test]
    public async Task Shares_by_hops_add_up_to_all_requests_and_to_the_mean()
    {
        JsonNode results = JsonNode.Parse(await Printed("--duration", "2s", "--replications", "2", "-o", "json"))!;

        foreach (JsonNode? workload in results["workloads"]!.AsArray())
        {
            double[] shares = [.. workload!["hopShares"]!.AsArray().Select(share => (double)share!)];
            Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-9));
            Assert.That(shares.Select((share, hops) => share * hops).Sum(), Is.EqualTo((double)workload["hopsMean"]!).Within(1e-9));
        }
    }

    [Test]
    public async Task The_same_seed_gives_the_same_bytes_with_any_number_of_threads_and_another_seed_others()
    {
        string one = await Printed("--duration", "2s", "--replications", "3", "--seed", "7", "--threads", "1", "-o", "json");
        string four = await Printed("--duration", "2s", "--replications", "3", "--seed", "7", "--threads", "4", "-o", "json");
        string other = await Printed("--duration", "2s", "--replications", "3", "--seed", "8", "--threads", "4", "-o", "json");

        Assert.That(four, Is.EqualTo(one));
        Assert.That(other, Is.Not.EqualTo(one));
        Assert.That((int)JsonNode.Parse(one)!["seed"]!, Is.EqualTo(7));
        Assert.That((int)JsonNode.Parse(one)!["replications"]!, Is.EqualTo(3));
    }

    [Test]
    public async Task Json_on_standard_output_is_what_the_folder_gets_and_yaml_says_the_same()
    {
        string json = await Printed("--duration", "1s", "--replications", "1", "-o", "json", "--out", _folder);
        string yaml = await Printed("--duration", "1s", "--replications", "1", "-o", "yaml");

        Assert.That(json, Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(_folder, "results.json"))));
        Assert.That(yaml, Is.EqualTo(YamlText.FromJson(json)));
    }

    [Test]
    public async Task A_run_shorter_than_the_warmup_of_the_scenario_still_measures()
    {
        JsonNode results = JsonNode.Parse(await Printed("--duration", "2s", "--replications", "1", "-o", "json"))!;

        Assert.That((double)results["simulatedSeconds"]!, Is.EqualTo(2));
        Assert.That((double)results["warmupSeconds"]!, Is.EqualTo(0.2));
        Assert.That((long)results["workloads"]![0]!["requests"]!, Is.Positive);
    }

    [Test]
    public async Task A_plain_manifest_is_enough_and_what_was_assumed_is_named()
    {
        TestConsole console = new();

        int code = await console.RunAsync(
            "run", Path.Combine(Sample, "echo.yaml"), "--duration", "1s", "--replications", "1", "--out", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.Output, Does.Contain("assumed").And.Contain("nodes: 3").And.Contain("workloads: "));
        Assert.That(console.Output, Does.Match("(?m)^echo-clusterip +"));
    }

    [Test]
    public async Task Results_that_lie_among_the_files_do_not_disturb_the_next_run()
    {
        File.Copy(Path.Combine(Sample, "echo.yaml"), Path.Combine(_folder, "echo.yaml"));
        string[] run = ["run", _folder, "--duration", "1s", "--replications", "1", "--out", Path.Combine(_folder, "results")];
        await new TestConsole().RunAsync(run);
        TestConsole console = new();

        int code = await console.RunAsync(run);

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
    }

    [Test]
    public async Task A_file_that_is_not_there_is_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunAsync("run", Path.Combine(_folder, "none.yaml"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(@"none\.yaml:1:1: .+"));
    }

    [Test]
    public async Task Files_without_any_traffic_are_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}", "run", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("no traffic"));
    }

    [TestCase("--duration", "5x", "500ms, 60s or 5m")]
    [TestCase("--duration", "0s", "500ms, 60s or 5m")]
    [TestCase("--duration", "-1s", "500ms, 60s or 5m")]
    [TestCase("--replications", "0", "a whole number from 1")]
    [TestCase("--threads", "none", "a whole number from 1")]
    [TestCase("--seed", "-1", "a whole number from 0")]
    [TestCase("--seed", "18446744073709551616", "to 18446744073709551615")]
    public async Task An_option_that_means_nothing_is_a_usage_error_in_words(string option, string value, string message)
    {
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, option, value);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain(option).And.Contain($"'{value}'").And.Contain(message));
    }

    [Test]
    [Platform(Include = "Unix", Reason = "sends a signal")]
    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task An_interrupted_run_keeps_what_it_has_and_marks_it_as_incomplete(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "report.html"), "of an earlier run");
        await File.WriteAllTextAsync(Path.Combine(_folder, "latency.png"), "of an earlier run");
        // On a busy machine it may not even have started by then, and has nothing to keep: it is asked once more, later.
        for (int seconds = 2; ; seconds *= 2)
        {
            using Process process = KubenetsimProcess.Start("run", Sample, "--duration", "1000h", "--out", _folder);
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            using Process signal = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
            (int code, string output, string error) = await KubenetsimProcess.EndAsync(process);

            if (output.Length == 0 && seconds < 60)
                continue;
            Assert.That(code, Is.EqualTo(ExitCodes.Interrupted), error);
            Assert.That(error, Does.EndWith("kubenetsim: interrupted; these results are incomplete\n"));
            Assert.That(output, Does.Contain("INCOMPLETE: the run was interrupted after ").And.Contain(" of 3600000 s of its first replication."));
            JsonNode results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "results.json")))!;
            Assert.That((bool)results["incomplete"]!, Is.True);
            Assert.That((double)results["simulatedSeconds"]!, Is.InRange(1, 3_600_000));
            Assert.That((double)results["planned"]!["simulatedSeconds"]!, Is.EqualTo(3_600_000));
            Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EqualTo(["results.json"]), "pictures of an earlier run are gone");
            return;
        }
    }

    [Test]
    public async Task Interrupted_before_it_simulates_a_run_ends_with_130_and_writes_nothing()
    {
        TestConsole console = new();
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();

        int code = await CommandLine.RunAsync(["run", Sample, "--duration", "10h", "--out", _folder], console.Console(), cancellation.Token);

        Assert.That(code, Is.EqualTo(ExitCodes.Interrupted));
        Assert.That(console.Error, Does.Contain("interrupted"));
        Assert.That(console.Output, Is.Empty);
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_is_bad_input()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, "--duration", "1s", "--replications", "1", "--out", Path.Combine(file, "below"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("kubenetsim: "));
    }

    [Test]
    public async Task A_profile_says_where_the_time_went_and_how_fast_it_was()
    {
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, "--duration", "2s", "--replications", "1", "--out", _folder, "--profile");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        foreach (string stage in (string[])["load", "derive", "compile", "simulate", "analyse", "render", "other", "all"])
            Assert.That(console.Error, Does.Match($@"(?m)^{stage} +\d+\.\d{{3}} +\d+ ?%"));
        Assert.That(console.Error, Does.Match(@"simulate: [\d,]+ requests/s, [\d,]+ events/s"));
    }

    private static string[] Keys(JsonNode node) => [.. node.AsObject().Select(property => property.Key)];

    private static async Task<string> Printed(params string[] options)
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync(["run", Sample, .. options]), Is.EqualTo(ExitCodes.Done), console.Error);
        return console.Output;
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
