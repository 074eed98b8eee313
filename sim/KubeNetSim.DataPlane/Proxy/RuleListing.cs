namespace KubeNetSim.DataPlane.Proxy;

/// <summary>
/// What kube-proxy would program on a node, in the format of the mode's own tool: iptables-save, <c>nft list table</c> or
/// ipvsadm-save. Can be loaded into a real kernel as it stands: where a node has both families, the rules of iptables are marked with -4
/// and -6, which iptables-restore and ip6tables-restore read.
/// </summary>
public static class RuleListing
{
    /// <summary>The lines of a node, both families where it has addresses or Services of both.</summary>
    /// <param name="snapshot">The node.</param>
    /// <param name="service"><c>namespace/name</c> of the only Service whose rules are wanted; null for everything.</param>
    public static IEnumerable<string> Of(NodeSnapshot snapshot, string? service = null)
    {
        ServicePortEntry[] ports = [.. snapshot.Services.Ports.Where(port => service is null || port.Service.Meta.FullName == service)];
        return snapshot.List(ports, isWhole: service is null);
    }
}
