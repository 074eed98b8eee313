using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeNetSim.Cli.Commands;

/// <summary>The options of <c>run</c> that outrank what a scenario says under <c>run:</c>.</summary>
internal sealed class RunOverrides
{
    private const ulong MostReplications = 1_000_000;

    private readonly Option<ulong?> _seed = WholeNumber.Option("--seed", "Seed of all randomness.", 0, ulong.MaxValue);

    private readonly Option<ulong?> _replications = WholeNumber.Option("--replications", "Independent replications.", 1, MostReplications);

    private readonly Option<long?> _duration = Time("--duration", "Simulated time of each replication, warm-up included, for example 60s.", least: 1);

    private readonly Option<long?> _warmup = Time("--warmup", "What starts before this is not measured, for example 5s; found (MSER-5) if left out.", least: 0);

    private readonly Option<long?> _interval = Time("--interval", "Interval of time series; a hundredth of the duration if left out.", least: 1);

    private readonly Option<double?> _precision = new("--precision")
    {
        Description = "Adds replications until the 95% interval of each mean latency is that narrow, for example 2%.",
        HelpName = "SHARE",
        CustomParser = Share,
    };

    private readonly Option<ulong?> _maxReplications = WholeNumber.Option("--max-replications", "No more replications than this for the precision.", 2, MostReplications);

    /// <summary>The options, for the command that takes them.</summary>
    public IEnumerable<Option> Options => [_duration, _warmup, _replications, _precision, _maxReplications, _interval, _seed];

    /// <summary>The settings with what the command line says instead. A scenario's warm-up that a shorter run has no room for is found anew.</summary>
    public RunSettings Apply(RunSettings settings, ParseResult parsed)
    {
        RunSettings changed = settings with
        {
            Seed = parsed.GetValue(_seed) ?? settings.Seed,
            Replications = (int?)parsed.GetValue(_replications) ?? settings.Replications,
            DurationNs = parsed.GetValue(_duration) ?? settings.DurationNs,
            WarmupNs = parsed.GetValue(_warmup) ?? settings.WarmupNs,
            Precision = parsed.GetValue(_precision) ?? settings.Precision,
            MaxReplications = (int?)parsed.GetValue(_maxReplications) ?? settings.MaxReplications,
            IntervalNs = parsed.GetValue(_interval) ?? settings.IntervalNs,
        };
        return changed.WarmupNs >= changed.DurationNs ? changed with { WarmupNs = null } : changed;
    }

    /// <summary>What the command line asks for and cannot have; null where there is nothing.</summary>
    public string? Contradiction(RunSettings settings, ParseResult parsed) =>
        parsed.GetValue(_warmup) >= (parsed.GetValue(_duration) ?? settings.DurationNs)
            ? "--warmup: the warm-up must be shorter than the run, or nothing is measured"
            : null;

    private static Option<long?> Time(string name, string description, long least) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Duration(result, name, least),
    };

    private static double? Share(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Notation.TryParseShare(text, out double share) && share is > 0 and <= 1)
            return share;
        result.AddError($"--precision: '{text}' is not a share such as 2% or 0.02");
        return null;
    }

    private static long? Duration(ArgumentResult result, string name, long least)
    {
        string text = result.Tokens[0].Value;
        if (Notation.TryParseDuration(text, out double nanoseconds) && nanoseconds >= least && nanoseconds < long.MaxValue)
            return (long)nanoseconds;
        result.AddError($"{name}: '{text}' is not a time{(least > 0 ? " above 0" : "")} such as 500ms, 60s or 5m");
        return null;
    }
}
