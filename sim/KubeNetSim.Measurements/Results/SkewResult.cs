using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Results;

/// <summary>
/// How unevenly the backends of a workload are loaded, within each replication. Sums over replications hide this: where every replication sends all
/// requests to one backend, but each to another one, the sums look even.
/// </summary>
/// <param name="BusiestShare">Share of a replication's answered requests that its busiest backend answered, mean over the replications, 0 to 1.</param>
/// <param name="BusiestShareRange">The smallest and the largest such share of a replication.</param>
/// <param name="IdleBackends">Backends without any request in a replication, mean over the replications.</param>
/// <param name="IdleBackendsRange">The fewest and the most in a replication.</param>
/// <param name="BusiestShareByReplication">The share in each replication, in their order.</param>
/// <param name="IdleBackendsByReplication">The idle backends in each replication.</param>
public sealed record SkewResult(
    double BusiestShare, ImmutableArray<double> BusiestShareRange, double IdleBackends, ImmutableArray<double> IdleBackendsRange,
    ImmutableArray<double> BusiestShareByReplication, ImmutableArray<double> IdleBackendsByReplication);
