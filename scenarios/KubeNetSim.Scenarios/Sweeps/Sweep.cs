using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>A grid (or sample) of scenarios: one scenario, and the fields that vary.</summary>
public sealed record Sweep
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The question that it answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Files of the scenario.</summary>
    public required ImmutableArray<string> Scenario { get; init; }

    /// <summary>What varies, slowest first.</summary>
    public required ImmutableArray<SweepAxis> Axes { get; init; }

    /// <summary>Metrics that get a figure, as its author names them; empty where the author names none.</summary>
    public ImmutableArray<WantedMetric> Metrics { get; init; } = [];

    /// <summary>How its points were sampled; null for all points of the grid.</summary>
    public SweepSample? Sample { get; init; }

    /// <summary>Every point, in the order of the axes.</summary>
    public required ImmutableArray<SweepPoint> Points { get; init; }

    /// <summary>The same sweep of a scenario with other fields; axes outrank them.</summary>
    public Sweep With(ImmutableArray<FieldOverride> overrides) => this with { Points = [.. Points.Select(point => point.With(overrides))] };
}

/// <summary>A metric that the author of a sweep wants to see.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Where it is named.</param>
/// <param name="Field">The field that names it.</param>
public sealed record WantedMetric(string Name, SourcePosition Position, string Field);

/// <summary>A Latin hypercube sample.</summary>
/// <param name="Size">How many points.</param>
/// <param name="Seed">Seed of the choice; another seed takes other points.</param>
public sealed record SweepSample(int Size, ulong Seed);

/// <summary>Something that varies.</summary>
/// <param name="Name">Name of the axis: the field, unless it has its own.</param>
/// <param name="Values">Names of its values, in order.</param>
/// <param name="IsNumeric">Whether all of them are numbers.</param>
public sealed record SweepAxis(string Name, ImmutableArray<string> Values, bool IsNumeric);

/// <summary>One setting of all axes.</summary>
/// <param name="Number">Number of the point, from 0.</param>
/// <param name="Values">Its value on each axis.</param>
/// <param name="Overrides">Fields of the Scenario's spec that it sets.</param>
public sealed record SweepPoint(int Number, ImmutableArray<string> Values, ImmutableArray<FieldOverride> Overrides)
{
    internal SweepPoint With(ImmutableArray<FieldOverride> overrides) => this with { Overrides = [.. overrides, .. Overrides] };
}

/// <summary>What reading a sweep gave.</summary>
/// <param name="Sweep">The sweep; null where an error stands.</param>
/// <param name="Problems">What its author should know.</param>
public sealed record SweepReading(Sweep? Sweep, ImmutableArray<Problem> Problems);
