using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>Says of results that they are not all of what was asked for.</summary>
internal static class Incompleteness
{
    /// <summary>A sentence; null where the run is complete.</summary>
    public static string? Of(RunResults results)
    {
        if (!results.Incomplete)
            return null;
        CultureInfo culture = CultureInfo.InvariantCulture;
        return results.Planned is { } planned && results.SimulatedSeconds < planned.SimulatedSeconds
            ? string.Create(culture, $"the run was interrupted after {results.SimulatedSeconds:0.###} s of {planned.SimulatedSeconds:0.###} s of its first replication.")
            : string.Create(culture, $"the run was interrupted with {results.Replications} of {results.Planned?.Replications} replications finished; only these are shown.");
    }
}
