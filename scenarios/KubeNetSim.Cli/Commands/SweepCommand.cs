using System.CommandLine;
using System.Globalization;
using KubeNetSim.Analysis;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;

namespace KubeNetSim.Cli;

/// <summary><c>sweep</c>: runs a grid or sample of scenarios and makes one table of it.</summary>
internal sealed class SweepCommand : TaughtCommand
{
    private const ulong MostJobs = 1_024;

    private readonly CommandConsole _console;
    private readonly Argument<string> _file = new("FILE") { Description = "File with a document of kind Sweep." };
    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for the table, figures and finished points; results/SWEEP if left out.",
        HelpName = "DIR",
    };

    private readonly Option<ulong?> _jobs = WholeNumber.Option("--jobs", "Points simulated at a time; a core each if left out.", 1, MostJobs);

    public SweepCommand(CommandConsole console) : base("sweep", "Simulate a grid of scenarios; go on where it was stopped.")
    {
        _console = console;
        Arguments.Add(_file);
        Options.Add(_folder);
        Options.Add(_jobs);
        SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim sweep samples/rule-cost/sweep.yaml              three proxy modes, five sizes: a table and figures
          kubenetsim sweep sweep.yaml --jobs 8 --out /data/night     stop it at any time; the same command goes on
          duckdb -c "from 'results/rule-cost/table.parquet'"         what to do with it
        """;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        SweepReading reading = SweepReader.Read(parsed.GetRequiredValue(_file));
        if (!ProblemWriter.Write(reading.Problems, _console) || reading.Sweep is not { } sweep)
            return ExitCodes.BadInput;
        if (sweep.Metrics.FirstOrDefault(metric => SweepMetric.All.All(known => known.Name != metric)) is { } unknown)
        {
            ProblemWriter.WriteUsage($"metrics: there is no metric '{unknown}'; there are {string.Join(", ", SweepMetric.All.Select(metric => metric.Name))}", _console);
            return ExitCodes.BadInput;
        }
        string folder = parsed.GetValue(_folder) ?? Path.Combine("results", sweep.Name);
        SweepRun run = new(sweep, new SweepStore(Path.Combine(folder, "points")));
        if (!ProblemWriter.Write([.. run.Check()], _console))
            return ExitCodes.BadInput;
        using ProgressLine progress = new(_console, $"{sweep.Points.Length} points");
        (SweepTable? table, System.Collections.Immutable.ImmutableArray<Problem> problems) =
            run.Run((int?)parsed.GetValue(_jobs) ?? Environment.ProcessorCount, progress, cancellation);
        if (table is null)
        {
            ProblemWriter.Write(problems, _console);
            return ExitCodes.BadInput;
        }
        await WriteAsync(sweep, table, folder, cancellation).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private async Task WriteAsync(Sweep sweep, SweepTable table, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using (StreamWriter csv = File.CreateText(Path.Combine(folder, "table.csv")))
            table.WriteCsv(csv);
        await using (FileStream parquet = File.Create(Path.Combine(folder, "table.parquet")))
            await SweepParquet.WriteAsync(parquet, table, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> metrics = sweep.Metrics.IsEmpty ? ["mean_ms", "p99_ms"] : sweep.Metrics;
        SweepFigures.Write(table, sweep.Question.Length > 0 ? sweep.Question : sweep.Name, metrics, folder, FigureStyle.Light);
        SweepReport.Write(_console.Output, table, sweep.Question, metrics);
        _console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Points.Length} points; wrote table.csv, table.parquet and figures to {folder}"));
    }
}
