using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Inputs;

/// <summary>A scenario, and the cluster that controllers make of its objects.</summary>
/// <param name="Scenario">What to simulate.</param>
/// <param name="Cluster">The cluster.</param>
public sealed record ScenarioInput(Scenario Scenario, Cluster Cluster)
{
    /// <summary>Makes it ready to run.</summary>
    public Preparation Prepare() => Preparation.Of(Scenario, Cluster);
}

/// <summary>Where a scenario is read from.</summary>
/// <param name="Files">Files, folders, and <c>-</c> for standard input.</param>
public sealed record ScenarioSource(IReadOnlyList<string> Files)
{
    /// <summary>What <c>-</c> reads from; null for nothing.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Fields of the Scenario's spec that get another value.</summary>
    public IReadOnlyList<FieldOverride> Overrides { get; init; } = [];

    /// <summary>A PriceSheet that replaces the prices of the scenario; null for none.</summary>
    public PriceSheetReading? Prices { get; init; }
}

/// <summary>The result of reading a scenario: the one way from files to a scenario that is ready to run.</summary>
/// <param name="Input">The scenario; null if there is an error.</param>
/// <param name="Problems">Errors, warnings and notes, in the order of the files.</param>
/// <param name="Fingerprint">Hash of everything that was read: the same hash means the same input.</param>
public sealed record ScenarioInputReading(ScenarioInput? Input, ImmutableArray<Problem> Problems, string Fingerprint)
{
    /// <summary>Reads the files, runs the controllers on their objects, and sets the prices.</summary>
    /// <param name="source">The files.</param>
    /// <param name="profile">Measures how long it takes; null if not needed.</param>
    public static ScenarioInputReading Read(ScenarioSource source, Profile? profile = null)
    {
        profile ??= new Profile(TimeProvider.System);
        ScenarioReading reading = profile.Measure(Stage.Load, () => ScenarioReader.Read(source.Files, source.StandardInput, source.Overrides));
        string fingerprint = reading.Fingerprint + source.Prices?.Fingerprint;
        if (reading.Scenario is not { } scenario)
            return new ScenarioInputReading(null, reading.Problems, fingerprint);
        Reconciliation reconciliation = profile.Measure(Stage.Derive, () => ControlPlane.Reconcile(scenario.Objects, scenario.Cluster));
        ImmutableArray<Problem> problems = [.. reading.Problems, .. reconciliation.Problems];
        bool isUsable = problems.All(problem => problem.Severity != Severity.Error);
        Scenario priced = scenario with { Prices = source.Prices?.Sheet ?? scenario.Prices };
        return new ScenarioInputReading(isUsable ? new ScenarioInput(priced, reconciliation.Cluster) : null, problems, fingerprint);
    }
}
