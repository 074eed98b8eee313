using System.Collections.Immutable;
using KubeNetSim.DataPlane;
using KubeNetSim.Engine;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>A scenario whose names are resolved and whose tables are compiled: what runs and traces start from. Immutable.</summary>
public sealed class PreparedScenario
{
    internal PreparedScenario(Scenario scenario, Cluster cluster)
    {
        Scenario = scenario;
        Cluster = cluster;
        Topology = new Topology(cluster);
        Plane = ClusterTables.Compile(cluster);
        Servings = new ServingTable(scenario, cluster);
    }

    /// <summary>What was asked.</summary>
    public Scenario Scenario { get; }

    /// <summary>The cluster at the start.</summary>
    public Cluster Cluster { get; }

    /// <summary>Who sends what to whom.</summary>
    internal ImmutableArray<PreparedWorkload> Workloads { get; init; } = [];

    internal Topology Topology { get; }

    internal ClusterTables Plane { get; }

    internal ServingTable Servings { get; }

    internal BackendCosts Costs => Scenario.Costs.Of(Cluster.KubeProxy.Mode, Scenario.IptablesBackend);
}
