using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using k8s.Models;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class SweepSubmitTests
{
    private SweepFiles _files = null!;
    private string _sweep = "";

    [SetUp]
    public void MakeFiles() => _sweep = (_files = new SweepFiles()).Write("  - {field: cluster.nodes, values: [1, 2, 3]}");

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [TestCase("job.yaml")]
    [TestCase("merge.yaml")]
    public async Task The_manifests_are_jobs_by_the_official_types(string manifest)
    {
        await SweepFiles.RunAsync("sweep", "submit", _sweep, "--engine", "kubernetes", "--out", _files.At("out"));
        List<Problem> problems = [];

        ManifestNode job = ManifestParser.Parse(manifest, Written($"kubernetes/{manifest}"), problems).Single();
        new SchemaCheck(problems).Check(job, typeof(V1Job));

        Assert.That(problems, Is.Empty);
        V1Job strict = k8s.KubernetesYaml.Deserialize<V1Job>(Written($"kubernetes/{manifest}"), strict: true);
        Assert.That(strict.Spec.Template.Spec.Containers[0].Image, Is.EqualTo("kubenetsim-grid"));
    }

    [Test]
    public async Task An_indexed_job_has_an_index_for_each_share_and_shares_count_from_one()
    {
        await SweepFiles.RunAsync("sweep", "submit", _sweep, "--engine", "kubernetes", "--tasks", "2", "--cpus", "3", "--image", "registry.example.com/night:1", "--claim", "night", "--out", _files.At("out"));

        V1JobSpec job = k8s.KubernetesYaml.Deserialize<V1Job>(Written("kubernetes/job.yaml"), strict: true).Spec;

        Assert.That((job.CompletionMode, job.Completions, job.Parallelism), Is.EqualTo(("Indexed", 2, 2)));
        V1Container container = job.Template.Spec.Containers[0];
        Assert.That(container.Image, Is.EqualTo("registry.example.com/night:1"));
        Assert.That(container.Resources.Requests["cpu"].ToString(), Is.EqualTo("3"));
        Assert.That(container.Args[0], Does.StartWith("share=$((JOB_COMPLETION_INDEX + 1)); exec dotnet /app/kubenetsim.dll sweep /input/sweep.yaml --shard $share/2 --jobs 3 "));
        Assert.That(job.Template.Spec.Volumes[0].PersistentVolumeClaim.ClaimName, Is.EqualTo("night"));
    }

    [TestCase("slurm", "slurm/array.sbatch")]
    [TestCase("kubernetes", "kubernetes/job.yaml")]
    public async Task A_price_sheet_goes_with_every_share(string engine, string file)
    {
        File.WriteAllText(_files.At("prices.yaml"), "apiVersion: kubenetsim.io/v1alpha1\nkind: PriceSheet\nmetadata: {name: ours}\nspec: {asOf: \"2026-11-01\", crossZone: {sent: 1000, received: 0, source: us}}\n");

        await SweepFiles.RunAsync("sweep", "submit", _sweep, "--engine", engine, "--out", _files.At("out"), "--prices", _files.At("prices.yaml"));

        Assert.That(Written(file), Does.Contain(engine == "slurm" ? $"--prices {_files.At("prices.yaml")} " : "--prices /input/prices.yaml "));
        if (engine == "kubernetes")
            Assert.That(Written("kubernetes/input/prices.yaml"), Is.EqualTo(File.ReadAllText(_files.At("prices.yaml"))));
    }

    [Test]
    public async Task The_image_holds_the_files_of_the_sweep_as_they_lie_to_each_other()
    {
        Directory.CreateDirectory(_files.At("sweeps"));
        string sweep = _files.At("sweeps/sweep.yaml");
        File.WriteAllText(sweep, File.ReadAllText(_sweep).Replace("scenario: scenario.yaml", "scenario: ../scenario.yaml"));

        await SweepFiles.RunAsync("sweep", "submit", sweep, "--engine", "kubernetes", "--out", _files.At("out"));

        Assert.That(SweepFiles.Contents(_files.At("out/kubernetes/input")).Keys, Is.EqualTo(new[] { "scenario.yaml", Path.Combine("sweeps", "sweep.yaml") }));
        Assert.That(Written("kubernetes/job.yaml"), Does.Contain("sweep /input/sweeps/sweep.yaml"));
        Assert.That(Written("kubernetes/Containerfile"), Does.Match(@"FROM mcr\.microsoft\.com/dotnet/sdk:10\.0\.\d+ AS build\n").And.Match(@"FROM mcr\.microsoft\.com/dotnet/runtime:10\.0\.\d+\n"));
    }

    [Test]
    public async Task A_sweep_with_an_error_is_not_given_to_a_hundred_tasks()
    {
        TestConsole console = new();

        int code = await console.RunAsync("sweep", "submit", _files.Write("  - {field: cluster.nodes, values: [0]}"), "--engine", "slurm", "--out", _files.At("out"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(Directory.Exists(_files.At("out")), Is.False);
    }

    [Test]
    public async Task Slurm_scripts_are_bash_and_have_a_task_for_each_share_and_no_more_than_points()
    {
        TestConsole console = await SweepFiles.RunAsync("sweep", "submit", _sweep, "--engine", "slurm", "--tasks", "8", "--out", _files.At("out o'clock"));

        string script = File.ReadAllText(_files.At("out o'clock/slurm/array.sbatch"));
        Assert.That(script, Does.StartWith("#!/bin/bash\n").And.Contain("\n#SBATCH --array=1-3\n").And.Contain("--shard \"$SLURM_ARRAY_TASK_ID/3\""));
        Assert.That(console.OutputLines[1], Does.StartWith("sbatch --dependency=afterok:$job '"));
        foreach (string file in Directory.GetFiles(_files.At("out o'clock/slurm"), "*.sbatch"))
        {
            using Process bash = Process.Start("bash", ["-n", file]);
            await bash.WaitForExitAsync();
            Assert.That(bash.ExitCode, Is.Zero, file);
        }
    }

    [Test]
    public async Task Without_the_client_nothing_is_submitted_and_nothing_written()
    {
        TestConsole console = new();

        int code = await console.RunAsync("sweep", "submit", _sweep, "--engine", "kubernetes", "--now", "--out", _files.At("out"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--now: there is no kubectl on this machine"));
        Assert.That(Directory.Exists(_files.At("out")), Is.False);
    }

    [Test]
    [Platform(Include = "Unix", Reason = "the client is a script")]
    [UnsupportedOSPlatform("windows")]
    public async Task With_the_client_the_job_is_applied_and_a_refusal_is_told()
    {
        string client = _files.At("kubectl");
        File.WriteAllText(client, "#!/bin/sh\ncase $3 in */job.yaml) echo job.batch/grid created;; esac\n[ ! -e \"$0.down\" ] || { echo cluster unreachable >&2; exit 1; }\n", Encoding.ASCII);
        File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] command = ["sweep", "submit", _sweep, "--engine", "kubernetes", "--now", "--out", _files.At("out")];
        Dictionary<string, string> environment = new() { ["PATH"] = _files.Folder };
        TestConsole applied = new();
        TestConsole refused = new();

        int code = await CommandLine.RunAsync(command, applied.Console(environment: environment), CancellationToken.None);
        await File.WriteAllTextAsync(client + ".down", "");
        int failure = await CommandLine.RunAsync(command, refused.Console(environment: environment), CancellationToken.None);

        Assert.That(code, Is.Zero, applied.Error);
        Assert.That(applied.Error, Does.Contain("job.batch/grid created").And.Contain("kubectl wait --for=condition=complete --timeout=-1s job/grid"));
        Assert.That(failure, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(refused.Error, Does.Contain("kubectl refused: cluster unreachable"));
    }

    [TestCase("Black Friday 2026!", "black-friday-2026")]
    [TestCase("---", "sweep")]
    [TestCase("größe", "gr--e")]
    public void Names_become_labels(string name, string label) => Assert.That(Submission.NameOf(name), Is.EqualTo(label));

    private string Written(string file) => File.ReadAllText(_files.At($"out/{file}"));
}
