using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads when requests start: <c>{poisson: {rate: 500/s}}</c> and its kin.</summary>
internal static class ArrivalReader
{
    private const double MostPerSecond = 1e9;
    private const double LeastPerSecond = 1e-6;
    private const double MostNs = 30 * 86_400e9;
    private const int MostUsers = 1_000_000;

    private static readonly Dictionary<string, Func<Fields, ArrivalSpec?>> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = fields => Rate(fields) is { } rate ? new ArrivalSpec.Constant(rate) : null,
        ["poisson"] = fields => Rate(fields) is { } rate ? new ArrivalSpec.Poisson(rate) : null,
        ["bursts"] = Bursts,
        ["ramp"] = Ramp,
        ["recorded"] = Recorded,
        ["closedLoop"] = ClosedLoop,
    };

    /// <summary>The arrivals of a workload; null where they are wrong.</summary>
    public static ArrivalSpec? Read(Fields workload)
    {
        if (workload.Mapping("arrivals") is not { } arrivals)
        {
            if (!workload.Has("arrivals"))
                workload.Error("required-field", "arrivals", "The field \"arrivals\" is required", "arrivals: {poisson: {rate: 100/s}}");
            return null;
        }
        string[] keys = [.. arrivals.Node.Entries.Select(entry => entry.Key.Text)];
        if (keys.Length != 1 || !Kinds.TryGetValue(keys[0], out Func<Fields, ArrivalSpec?>? read))
        {
            workload.Error("unknown-value", "arrivals", keys.Length == 1 ? $"\"{keys[0]}\" is no kind of arrivals" : "This must name exactly one kind of arrivals",
                $"one of {string.Join(", ", Kinds.Keys)}, for example {{poisson: {{rate: 100/s}}}}");
            return null;
        }
        if (arrivals.Mapping(keys[0]) is not { } parameters)
            return null;
        ArrivalSpec? spec = read(parameters);
        parameters.Close();
        return spec;
    }

    private static double? Rate(Fields fields, string key = "rate", double least = LeastPerSecond)
    {
        if (!fields.Has(key))
            fields.Error("required-field", key, $"The field \"{key}\" is required", $"{key}: 100/s");
        return fields.Rate(key, least, MostPerSecond);
    }

    private static double? Time(Fields fields, string key)
    {
        if (!fields.Has(key))
            fields.Error("required-field", key, $"The field \"{key}\" is required", $"{key}: 10s");
        return fields.Duration(key, 1, MostNs);
    }

    private static ArrivalSpec.Bursts? Bursts(Fields fields)
    {
        double? on = Rate(fields, "onRate");
        double off = fields.Rate("offRate", 0, MostPerSecond) ?? 0;
        double? onTime = Time(fields, "meanOn");
        double? offTime = Time(fields, "meanOff");
        return on is { } rate && onTime is { } first && offTime is { } second ? new ArrivalSpec.Bursts(rate, off, first, second) : null;
    }

    private static ArrivalSpec.Ramp? Ramp(Fields fields)
    {
        double? from = Rate(fields, "from", 0);
        double? to = Rate(fields, "to", 0);
        double? over = Time(fields, "over");
        if (from is 0 && to is 0)
            fields.Error("out-of-range", "to", "A ramp from 0/s to 0/s has no requests");
        return from + to > 0 && over is { } length ? new ArrivalSpec.Ramp(from!.Value, to!.Value, (long)length) : null;
    }

    private static ArrivalSpec.Recorded? Recorded(Fields fields)
    {
        ImmutableArray<long>.Builder times = ImmutableArray.CreateBuilder<long>();
        foreach ((ScalarNode scalar, string path) in fields.Values("times"))
        {
            if (Quantities.TryParseDuration(scalar.Text, out double time) && time <= MostNs && (times.Count == 0 || (long)time >= times[^1]))
                times.Add((long)time);
            else
                fields.Problems.Add(new Problem(Severity.Error, "wrong-type", scalar.Position, path, $"\"{scalar.Text}\" is no time since the start of the run, or is before the one in front of it", "times: [0, 10ms, 35ms]"));
        }
        if (fields.Ask("times") is null or SequenceNode { Items.Count: 0 })
            fields.Error("required-field", "times", "Recorded arrivals need times", "times: [0, 10ms, 35ms]");
        bool repeat = fields.Bool("repeat", false);
        return times.Count > 0 ? new ArrivalSpec.Recorded(times.ToImmutable(), repeat) : null;
    }

    private static ArrivalSpec.ClosedLoop? ClosedLoop(Fields fields)
    {
        long? users = fields.Integer("users", 1, MostUsers);
        if (!fields.Has("users"))
            fields.Error("required-field", "users", "The field \"users\" is required", "users: 50");
        DistributionSpec thinkTime = DistributionReader.Read(fields, "thinkTime") ?? DistributionSpec.Exponential(1e9);
        if (thinkTime.MeanNs < 1_000)
            fields.Error("out-of-range", "thinkTime", "Users must think for at least 1us on average, or time would stand still while they are refused");
        return users is { } count ? new ArrivalSpec.ClosedLoop((int)count, thinkTime) : null;
    }
}
