namespace KubeNetSim.Simulation.Network;

/// <summary>What nodes have programmed.</summary>
public static class Snapshots
{
    /// <summary>What a node has programmed when a run begins, its rules in the order of the first replication.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="node">The node.</param>
    /// <param name="modes">The proxy modes that are known; null for those of kube-proxy.</param>
    public static NodeSnapshot AtStart(Scenario scenario, Cluster cluster, Node node, ProxyModeList? modes = null) =>
        Of(modes ?? ProxyModeList.BuiltIn, ServiceTable.Compile(cluster), scenario, cluster, node, replication: 0, sync: 0);

    /// <summary>After a sync: each full sync draws the order of the rules anew.</summary>
    internal static NodeSnapshot Of(
        ProxyModeList modes, ServiceTable services, Scenario scenario, Cluster cluster, Node node, int replication, int sync)
    {
        ulong order = OrderOf(scenario, node, replication, sync);
        return modes.Program(services, node, cluster.KubeProxy, scenario.IptablesBackend, order);
    }

    /// <summary>What decides the order of the rules that a node's sync writes.</summary>
    internal static ulong OrderOf(Scenario scenario, Node node, int replication, int sync) =>
        RandomStream.Create(scenario.Run.Seed, replication, $"node/{node.Meta.Name}", $"dispatch order {sync}").NextUInt64();
}
