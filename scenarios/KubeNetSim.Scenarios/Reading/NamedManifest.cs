namespace KubeNetSim.Scenarios.Reading;

/// <summary>A file that a Scenario names.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Written">As the Scenario writes it: relative to its own file.</param>
/// <param name="Position">Where the Scenario names it.</param>
/// <param name="Field">The field that names it.</param>
internal sealed record NamedManifest(string Path, string Written, SourcePosition Position, string Field);
