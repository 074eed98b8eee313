using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>Which share of the cluster's CPU each zone has, in the order of their names.</summary>
/// <param name="Zones">Zone and share; the shares add up to 1.</param>
internal sealed record ZoneShares(ImmutableArray<(string Zone, double Share)> Zones)
{
    private static readonly string[] ControlPlaneLabels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    /// <summary>
    /// The shares of the ready nodes that are no control plane; null where one of them has no zone or CPU, or all are in one zone
    /// (k8s.io/endpointslice/topologycache SetNodes).
    /// </summary>
    public static ZoneShares? Of(ImmutableArray<Node> nodes)
    {
        SortedDictionary<string, long> cpu = new(StringComparer.Ordinal);
        foreach (Node node in nodes)
        {
            if (!node.Ready || ControlPlaneLabels.Any(node.Meta.Labels.ContainsKey))
                continue;
            if (node.Zone.Length == 0 || node.AllocatableMilliCpu == 0)
                return null;
            cpu[node.Zone] = cpu.GetValueOrDefault(node.Zone) + node.AllocatableMilliCpu;
        }
        double total = cpu.Values.Sum();
        return cpu.Count < 2 ? null : new ZoneShares([.. cpu.Select(zone => (zone.Key, zone.Value / total))]);
    }
}
