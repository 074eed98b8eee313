using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>sweep submit</c>: gives a sweep to an engine that runs it on many machines.</summary>
internal sealed class SweepSubmitCommand : TaughtCommand
{
    private const ulong DefaultTasks = 4;

    private readonly CommandConsole _console;
    private readonly FileArgument _file = new("Sweep");
    private readonly Option<string> _engine = new("--engine") { Description = "Who runs it.", Required = true };
    private readonly Option<ulong?> _tasks = WholeNumber.Option("--tasks", $"In how many shares the points are run; {DefaultTasks} if left out.", 1, Shard.Most);
    private readonly Option<ulong?> _cpus = WholeNumber.Option("--cpus", "Cores of each task; 1 if left out.", 1, 1_024);
    private readonly Option<string?> _folder = new("--out") { Description = "Folder for job files and results; results/SWEEP if left out.", HelpName = "DIR" };
    private readonly PricesOption _prices = new();
    private readonly Option<string?> _image = new("--image") { Description = "Kubernetes: the image as nodes pull it; kubenetsim-SWEEP if left out.", HelpName = "IMAGE" };
    private readonly Option<string> _claim = new("--claim")
    {
        Description = "Kubernetes: the PersistentVolumeClaim for the results; pods on several nodes must be able to write to it.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "kubenetsim-results",
    };

    private readonly Option<bool> _now = new("--now") { Description = "Submit it, too: with sbatch or kubectl, as they are configured here." };

    public SweepSubmitCommand(CommandConsole console) : base("submit", "Write the sweep as a job of Slurm or Kubernetes, and submit it.")
    {
        _console = console;
        _engine.AcceptOnlyFromAmong("slurm", "kubernetes");
        _file.AddTo(this);
        foreach (Option option in (Option[])[_engine, _tasks, _cpus, _folder, _prices, _image, _claim, _now])
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim sweep submit sweep.yaml --engine slurm --tasks 16 --now       an array job of 16 tasks
          kubenetsim sweep submit sweep.yaml --engine kubernetes --image registry.example.com/night:1
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (SubmissionOf(parsed, cancellation) is not { } submission)
            return ExitCodes.BadInput;
        bool isSlurm = parsed.GetRequiredValue(_engine) == "slurm";
        string client = isSlurm ? SlurmEngine.Client : KubernetesEngine.Client;
        EngineClient? found = EngineClient.Find(client, _console.Environment.GetValueOrDefault("PATH", ""));
        bool now = parsed.GetValue(_now);
        if (now && found is null)
        {
            ProblemWriter.WriteUsage($"--now: there is no {client} on this machine", _console);
            return ExitCodes.BadInput;
        }
        string image = parsed.GetValue(_image) ?? $"kubenetsim-{submission.Name}";
        string claim = parsed.GetRequiredValue(_claim);
        if (Refusal(submission, isSlurm, image, claim) is { } refusal)
        {
            ProblemWriter.WriteUsage(refusal, _console);
            return ExitCodes.BadInput;
        }
        EngineFiles files = isSlurm ? SlurmEngine.Files(submission) : KubernetesEngine.Files(submission, image, claim);
        files.Write();
        _console.Error.WriteLine($"wrote {string.Join(", ", files.Files.Select(file => file.Name))} to {files.Folder}");
        if (now)
            _console.Error.WriteLine(isSlurm ? SlurmEngine.Submit(files, found!) : KubernetesEngine.Submit(files, found!));
        else
            foreach (string line in files.ByHand)
                _console.Output.WriteLine(line);
        return ExitCodes.Done;
    }

    private static string? Refusal(Submission submission, bool isSlurm, string image, string claim) =>
        submission.Inputs.Append(submission.Results).Select(EngineWords.RefusalOfPath).FirstOrDefault(why => why is not null)
        ?? (isSlurm ? EngineWords.RefusalOfSlurmPath(submission.Results) : EngineWords.RefusalOfImage(image) ?? EngineWords.RefusalOfClaim(claim));

    // A sweep with an error is told of here, and not by a hundred tasks.
    private Submission? SubmissionOf(ParseResult parsed, CancellationToken cancellation)
    {
        string file = _file.Of(parsed);
        if (!_prices.TryRead(parsed, _console, out PriceSheetReading? prices)
            || SweepCommand.Read(file, [], prices, Environment.ProcessorCount, _console, cancellation) is not { } input)
            return null;
        string? sheet = parsed.GetValue(_prices) is { } given ? Path.GetFullPath(given) : null;
        SweepDescription sweep = input.Description;
        return new Submission(
            Submission.NameOf(sweep.Name), Path.GetFullPath(file), [.. input.Run.Files.Prepend(file).Append(sheet).OfType<string>().Select(Path.GetFullPath).Distinct()], sheet,
            Path.GetFullPath(parsed.GetValue(_folder) ?? SweepFolder.Default(sweep.Name)),
            Math.Min(sweep.Points.Length, (int)(parsed.GetValue(_tasks) ?? DefaultTasks)), (int)(parsed.GetValue(_cpus) ?? 1));
    }
}
