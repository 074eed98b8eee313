using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Counts the ways that requests took.</summary>
internal sealed class WayCounter
{
    public static ImmutableSortedDictionary<string, long> Sum(WayCounter?[] counters) => throw new NotImplementedException();
}
