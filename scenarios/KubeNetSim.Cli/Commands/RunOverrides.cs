using System.CommandLine;
using System.CommandLine.Parsing;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;

namespace KubeNetSim.Cli;

/// <summary>The options of <c>run</c> that outrank what a scenario says under <c>run:</c>.</summary>
internal sealed class RunOverrides
{
    private const ulong MostReplications = 1_000_000;

    private readonly Option<ulong?> _seed = WholeNumber.Option("--seed", "Seed of all randomness.", 0, ulong.MaxValue);

    private readonly Option<ulong?> _replications = WholeNumber.Option("--replications", "Independent replications.", 1, MostReplications);

    private readonly Option<long?> _duration = new("--duration")
    {
        Description = "Simulated time of each replication, warm-up included, for example 60s.",
        HelpName = "TIME",
        CustomParser = Duration,
    };

    /// <summary>The options, for the command that takes them.</summary>
    public IEnumerable<Option> Options => [_duration, _replications, _seed];

    /// <summary>The settings with what the command line says instead. A warm-up that a shorter run has no room for becomes a tenth of it.</summary>
    public RunSettings Apply(RunSettings settings, ParseResult parsed)
    {
        RunSettings changed = settings with
        {
            Seed = parsed.GetValue(_seed) ?? settings.Seed,
            Replications = (int?)parsed.GetValue(_replications) ?? settings.Replications,
            DurationNs = parsed.GetValue(_duration) ?? settings.DurationNs,
        };
        return changed.WarmupNs >= changed.DurationNs ? changed with { WarmupNs = null } : changed;
    }

    private static long? Duration(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Notation.TryParseDuration(text, out double nanoseconds) && nanoseconds is >= 1 and < long.MaxValue)
            return (long)nanoseconds;
        result.AddError($"--duration: '{text}' is not a time above 0 such as 500ms, 60s or 5m");
        return null;
    }
}
