using System.Globalization;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>A Node as the official API type.</summary>
internal static class NodeExport
{
    /// <summary>The Node.</summary>
    public static V1Node Of(Node node)
    {
        string[] podCidrs = [.. node.PodCidrs.Select(block => block.ToString())];
        return new V1Node
        {
            ApiVersion = "v1",
            Kind = "Node",
            Metadata = ObjectMetaExport.Of(node.Meta),
            Spec = new V1NodeSpec
            {
                PodCIDR = podCidrs.FirstOrDefault(),
                PodCIDRs = ObjectMetaExport.OrNull(podCidrs),
                Unschedulable = node.Unschedulable ? true : null,
                Taints = ObjectMetaExport.OrNull<V1Taint>([.. node.Taints.Select(Of)]),
            },
            Status = new V1NodeStatus
            {
                Addresses = [.. Addresses(node)],
                Allocatable = Allocatable(node),
                Capacity = Allocatable(node),
                Conditions = [new V1NodeCondition { Type = "Ready", Status = node.Ready ? "True" : "False" }],
            },
        };
    }

    private static V1Taint Of(Taint taint) =>
        new() { Key = taint.Key, Value = ObjectMetaExport.OrNull(taint.Value), Effect = taint.Effect };

    private static IEnumerable<V1NodeAddress> Addresses(Node node) =>
    [
        .. node.InternalAddresses.Select(address => new V1NodeAddress { Type = "InternalIP", Address = address.ToString() }),
        .. node.ExternalAddresses.Select(address => new V1NodeAddress { Type = "ExternalIP", Address = address.ToString() }),
        new V1NodeAddress { Type = "Hostname", Address = node.Meta.Name },
    ];

    private static SortedDictionary<string, ResourceQuantity> Allocatable(Node node) => new(StringComparer.Ordinal)
    {
        ["cpu"] = PodExport.MilliCpu(node.AllocatableMilliCpu),
        ["memory"] = PodExport.Bytes(node.AllocatableMemoryBytes),
        ["pods"] = new ResourceQuantity(node.AllocatablePods.ToString(CultureInfo.InvariantCulture)),
    };
}
