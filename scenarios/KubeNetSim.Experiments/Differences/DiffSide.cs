using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Differences;

/// <summary>One of two sets of manifests, ready to run.</summary>
/// <param name="Name">What its reader calls it.</param>
/// <param name="Files">Its files.</param>
/// <param name="Input">The scenario, and the cluster that controllers make of it.</param>
/// <param name="Prepared">Ready to run.</param>
public sealed record DiffSide(string Name, ImmutableArray<string> Files, ScenarioInput Input, PreparedScenario Prepared);
