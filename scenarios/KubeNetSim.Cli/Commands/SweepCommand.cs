using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>sweep</c>: runs a grid or sample of scenarios and makes one table of it.</summary>
internal sealed class SweepCommand : TaughtCommand
{
    private const ulong MostJobs = 1_024;

    private readonly CommandConsole _console;
    private readonly FileArgument _file = new("Sweep");
    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for the tables, figures, report.html and finished points; results/SWEEP if left out.",
        HelpName = "DIR",
    };

    private readonly PricesOption _prices = new();
    private readonly SettingOptions _settings = new();
    private readonly Option<ulong?> _jobs = WholeNumber.Option("--jobs", "Simulations at a time; a core each if left out. The results are the same with any number.", 1, MostJobs);
    private readonly Option<Shard?> _shard = ShardOption.Create();

    public SweepCommand(CommandConsole console) : base("sweep", "Simulate a grid of scenarios; go on where it was stopped.")
    {
        _console = console;
        _file.AddTo(this);
        Options.Add(_folder);
        Options.Add(_prices);
        foreach (Option option in _settings.Options)
            Options.Add(option);
        Options.Add(_jobs);
        Options.Add(_shard);
        Subcommands.Add(new SweepMergeCommand(console));
        Subcommands.Add(new SweepSubmitCommand(console));
        SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim sweep samples/rule-cost/sweep.yaml              three proxy modes, five sizes: a table and figures
          kubenetsim sweep sweep.yaml --jobs 8 --out /data/night     stop it at any time; the same command goes on
          kubenetsim sweep sweep.yaml --shard 1/4 --out part-1       a quarter of it; on three more machines 2/4, 3/4, 4/4
          kubenetsim sweep merge part-* --out night                  the four quarters together
          kubenetsim sweep submit sweep.yaml --engine slurm          the same as an array job of a cluster
          duckdb -c "from 'results/rule-cost/table.parquet'"         what to do with it
        """;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int jobs = (int?)parsed.GetValue(_jobs) ?? Environment.ProcessorCount;
        List<Problem> problems = [];
        ImmutableArray<FieldOverride> settings = _settings.Read(parsed, problems);
        if (!ProblemWriter.Write(problems, _console) || !_prices.TryRead(parsed, _console, out PriceSheetReading? prices)
            || Read(_file.Of(parsed), settings, prices, jobs, _console, cancellation) is not { } input)
            return ExitCodes.BadInput;
        SweepFolder folder = new(parsed.GetValue(_folder) ?? SweepFolder.Default(input.Description.Name));
        Shard? shard = parsed.GetValue(_shard);
        // Shares of one sweep may go to one folder.
        using FolderLock folderLock = FolderLock.Take(folder.Path, shard is null ? "" : $"-{shard.Number}-{shard.Count}");
        input.Description.Write(folder.Path);
        ImmutableArray<SweepDescribedPoint> points = shard is null ? input.Description.Points : [.. input.Description.Share(shard.Number, shard.Count)];
        if (!Simulate(input.Run, points, folder, cancellation))
            return ExitCodes.BadInput;
        if (shard is not null)
            _console.Error.WriteLine($"share {shard.Number} of {shard.Count}: {points.Length} of {input.Description.Points.Length} points are in {folder.Path}; `kubenetsim sweep merge` joins the shares");
        else if (input.Description.Collect(folder.Store).Table is { } table)
            await WriteAsync(folder, input.Description, table, _console, cancellation).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private bool Simulate(SweepRun run, ImmutableArray<SweepDescribedPoint> points, SweepFolder folder, CancellationToken cancellation)
    {
        using ProgressLine line = new(_console, "points");
        SweepProgress progress = new(line.Report);
        try
        {
            ImmutableArray<Problem> problems = run.Run(points, folder.Store, progress, cancellation);
            line.Dispose();
            ProblemWriter.WriteDamaged(folder.Store.Damaged, _console);
            return ProblemWriter.Write(problems, _console);
        }
        catch (OperationCanceledException)
        {
            line.Dispose();
            _console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0} of {progress.Points:N0} points are done and kept in {folder.Path}; the same command goes on"));
            throw;
        }
    }

    /// <summary>Reads a sweep and prints every problem at once; null if one of them is an error.</summary>
    internal static SweepInput? Read(
        string file, ImmutableArray<FieldOverride> settings, PriceSheetReading? prices, int jobs, CommandConsole console, CancellationToken cancellation)
    {
        SweepInputReading reading = SweepInputReading.Read(file, settings, prices, jobs, cancellation);
        return ProblemWriter.Write(reading.Problems, console) ? reading.Input : null;
    }

    /// <summary>Writes and prints the results of a sweep whose points are all there.</summary>
    internal static async Task WriteAsync(
        SweepFolder folder, SweepDescription description, SweepTable table, CommandConsole console, CancellationToken cancellation)
    {
        try
        {
            await folder.WriteAsync(description, table, cancellation).ConfigureAwait(false);
        }
        finally
        {
            SweepReport.Write(console.Output, table, description);
        }
        console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{table.Points.Length:N0} {(table.Points.Length == 1 ? "point" : "points")}; wrote table.csv, table.parquet, report.html and figures to {folder.Path}"));
    }
}
