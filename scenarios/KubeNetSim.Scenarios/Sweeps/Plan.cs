using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>A search for the smallest or cheapest setting of a scenario's fields that meets objectives.</summary>
public sealed record Plan
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The question that it answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Files of the scenario.</summary>
    public required ImmutableArray<string> Scenario { get; init; }

    /// <summary>What may be set.</summary>
    public required ImmutableArray<SweepAxis> Settings { get; init; }

    /// <summary>Every combination, in the order of the settings.</summary>
    public required ImmutableArray<SweepPoint> Points { get; init; }

    /// <summary>The same plan for a scenario with other fields; settings outrank them.</summary>
    public Plan With(ImmutableArray<FieldOverride> overrides) => this with { Points = [.. Points.Select(point => point.With(overrides))] };

    /// <summary>What must hold, all of it.</summary>
    public required ImmutableArray<WantedObjective> Objectives { get; init; }

    /// <summary>Settings whose sum is to be as small as possible; empty for the network costs of a month.</summary>
    public required ImmutableArray<int> Minimise { get; init; }

    /// <summary>Where it is said what is to be small.</summary>
    public required SourcePosition MinimiseAt { get; init; }

    /// <summary>Places of the settings of which more is only more workers of the pods of a backend.</summary>
    public required ImmutableArray<int> Workers { get; init; }

    /// <summary>Confidence with which an objective must be shown to hold or not, one-sided.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>No more replications of a setting than this.</summary>
    public int MaxReplications { get; init; } = 40;
}

/// <summary>What reading a plan gave.</summary>
/// <param name="Plan">The plan; null where an error stands.</param>
/// <param name="Problems">What its author should know.</param>
public sealed record PlanReading(Plan? Plan, ImmutableArray<Problem> Problems);
