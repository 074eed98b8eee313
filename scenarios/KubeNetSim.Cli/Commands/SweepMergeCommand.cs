using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>sweep merge</c>: joins shares of a sweep that ran apart.</summary>
internal sealed class SweepMergeCommand : TaughtCommand
{
    private const int MostNamed = 10;

    private readonly CommandConsole _console;
    private readonly Argument<string[]> _shards = new("DIR") { Description = "Folders of the shares.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _folder = new("--out") { Description = "Folder for the sweep as a whole.", HelpName = "DIR", Required = true };

    public SweepMergeCommand(CommandConsole console) : base("merge", "Join the shares of a sweep that ran apart (--shard).")
    {
        _console = console;
        Arguments.Add(_shards);
        Options.Add(_folder);
        SetAction((parsed, cancellation) => Task.Run(() => MergeAsync(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples => "  kubenetsim sweep merge part-1 part-2 part-3 part-4 --out night";

    private async Task<int> MergeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] shards = parsed.GetRequiredValue(_shards);
        SweepDescription?[] descriptions = [.. shards.Select(Read)];
        if (descriptions.Contains(null))
            return ExitCodes.BadInput;
        SweepDescription description = descriptions[0]!;
        bool same = true;
        foreach ((string shard, SweepDescription? other) in shards.Zip(descriptions).Skip(1))
            if (other!.DifferenceFrom(description) is { Length: > 0 } difference)
            {
                same = false;
                ProblemWriter.WriteUsage($"{shard} is no share of the same sweep as {shards[0]}: {difference}", _console);
            }
        if (!same)
            return ExitCodes.BadInput;
        SweepFolder folder = new(parsed.GetRequiredValue(_folder));
        description.Write(folder.Path);
        Gather(description, [.. shards.Select(shard => new SweepFolder(shard).Store)], folder.Store, cancellation);
        (SweepTable? table, ImmutableArray<SweepDescribedPoint> missing) = description.Collect(folder.Store);
        if (table is null)
            return SayWhatIsMissing(description, missing, folder);
        await SweepCommand.WriteAsync(folder, description, table, _console, cancellation).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private SweepDescription? Read(string shard)
    {
        try
        {
            return SweepDescription.Read(shard);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            ProblemWriter.WriteUsage($"{shard}: there is no {SweepDescription.FileName}, so no sweep ran here", _console);
        }
        catch (InvalidDataException error)
        {
            _console.Error.WriteLine(error.Message);
        }
        return null;
    }

    private static void Gather(SweepDescription description, SweepStore[] from, SweepStore to, CancellationToken cancellation)
    {
        foreach (string key in description.Points.Select(point => point.Key).Distinct())
        {
            cancellation.ThrowIfCancellationRequested();
            if (to.Find(key) is null && from.Select(store => store.Find(key)).FirstOrDefault(found => found is not null) is { } result)
                to.Save(key, result);
        }
    }

    private int SayWhatIsMissing(SweepDescription description, ImmutableArray<SweepDescribedPoint> missing, SweepFolder folder)
    {
        string more = missing.Length > MostNamed ? $" and {missing.Length - MostNamed} more" : "";
        ProblemWriter.WriteUsage(
            $"{missing.Length} of {description.Points.Length} points are missing: " +
            string.Join(", ", missing.Take(MostNamed).Select(point => $"{point.Number} ({string.Join(", ", point.Values)})")) + more, _console);
        ProblemWriter.WriteUsage($"the others are in {folder.Path}; give the folders of all shares, or let `kubenetsim sweep FILE --out {folder.Path}` run the rest", _console);
        return ExitCodes.BadInput;
    }
}
