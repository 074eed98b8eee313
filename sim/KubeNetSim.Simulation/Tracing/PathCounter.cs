using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>Counts the paths that the requests of one replication took.</summary>
internal sealed class PathCounter(PreparedScenario prepared) : IFlightObserver
{
    private readonly Dictionary<(int Workload, RequestPath Path), long> _counts = [];

    /// <summary>Counts by workload and path in words.</summary>
    public static ImmutableSortedDictionary<string, long> Sum(IEnumerable<(PathCounter Counter, BackendTable Backends)> counters)
    {
        SortedDictionary<string, long> sums = new(StringComparer.Ordinal);
        foreach ((PathCounter counter, BackendTable backends) in counters)
            foreach (((int workload, RequestPath path), long count) in counter._counts)
            {
                string text = $"{counter.Prepared.Workloads[workload].Spec.Name}: {path.Describe(counter.Prepared, backends)}";
                sums[text] = sums.GetValueOrDefault(text) + count;
            }
        return sums.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    public void Completed(in Flight flight, long at, long queue, long service) => Count(flight, null);

    public void Failed(in Flight flight, Failure failure, long at) => Count(flight, failure);

    private PreparedScenario Prepared => prepared;

    private void Count(in Flight flight, Failure? failure)
    {
        if (flight.IsCall)
            return;
        Source source = prepared.Workloads[flight.Workload].Sources[flight.Source];
        RequestPath path = RequestPath.Of(flight, source, failure);
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (flight.Workload, path), out _)++;
    }
}
