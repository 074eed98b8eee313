using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>
/// Where a packet for a Service goes in iptables and nftables mode, which agree but for a few lines marked below
/// (pkg/proxy/iptables/proxier.go, pkg/proxy/nftables/proxier.go).
/// </summary>
internal static class RuleRouting
{
    public static Decision Route(ProxyNode node, in Decision undecided, in Packet packet, in PortRoute route) =>
        undecided.Frontend == FrontendKind.ClusterIP ? Internal(node, undecided, packet, route) : External(node, undecided, packet);

    private static Decision Internal(ProxyNode node, in Decision undecided, in Packet packet, in PortRoute route)
    {
        if (!undecided.HasEndpoints)
            return undecided.Ended(Verdict.Reject, DecisionReason.NoEndpoints);
        EndpointSet endpoints = route.DependsOnNode ? OwnEndpoints(node, undecided.Port!) : route.Endpoints;
        return endpoints.Count == 0
            ? undecided.Ended(Verdict.Drop, DecisionReason.NoLocalEndpoints)
            : undecided.To(endpoints, MasqueradesInternal(node, packet), route.AffinityTimeoutNs);
    }

    private static EndpointSet OwnEndpoints(ProxyNode node, ServicePortEntry port) =>
        port.IsInternallyLocal ? port.Selection.Local(node.Index) : port.Selection.Cluster(node.Index, node.Zone);

    private static bool MasqueradesInternal(ProxyNode node, in Packet packet) =>
        node.MasqueradeAll || (node.LocalTraffic.CanTell(packet.Destination.Family) && !node.IsFromPod(packet));

    private static Decision External(ProxyNode node, in Decision undecided, in Packet packet)
    {
        ServicePortEntry port = undecided.Port!;
        if (undecided.Frontend == FrontendKind.LoadBalancer && !node.MayUseLoadBalancer(port, packet) && HasFirewall(node, port))
            return undecided.Ended(Verdict.Drop, DecisionReason.SourceNotAllowed);
        if (undecided.Frontend == FrontendKind.NodePort && !undecided.HasNodePorts)
            return WithoutNodePort(node, undecided);
        if (!port.HasEndpoints)
            return WithoutEndpoints(node, undecided);
        if (!port.IsExternallyLocal)
            return undecided.To(port.Selection.Cluster(node.Index, node.Zone), masquerade: true, port.AffinityTimeoutNs);
        return ExternalLocal(node, undecided, packet);
    }

    // Pods and the node itself never left the cluster, so policy Local does not confine them.
    private static Decision ExternalLocal(ProxyNode node, in Decision undecided, in Packet packet)
    {
        ServicePortEntry port = undecided.Port!;
        bool fromPod = node.IsFromPod(packet);
        if (fromPod || node.IsFromNode(packet))
            return undecided.To(port.Selection.Cluster(node.Index, node.Zone), masquerade: !fromPod, port.AffinityTimeoutNs);
        EndpointSet local = port.Selection.Local(node.Index);
        return local.Count == 0
            ? undecided.Ended(Verdict.Drop, DecisionReason.NoLocalEndpoints)
            : undecided.To(local, masquerade: false, port.AffinityTimeoutNs);
    }

    // iptables has no firewall chain for a Service without endpoints: its packets are rejected whoever sends them.
    private static bool HasFirewall(ProxyNode node, ServicePortEntry port) => node.Mode == ProxyMode.Nftables || port.HasEndpoints;

    // iptables refuses addresses other than cluster IPs in a chain that the node's own packets meet only when they come back in
    // (KUBE-EXTERNAL-SERVICES is called from INPUT and FORWARD, not from OUTPUT).
    private static Decision WithoutEndpoints(ProxyNode node, in Decision undecided) =>
        node.Mode == ProxyMode.Iptables && undecided.From == PacketSource.Node && !undecided.IsDestinationLocal
            ? undecided.Ended(Verdict.PassThrough, DecisionReason.NoEndpoints)
            : undecided.Ended(Verdict.Reject, DecisionReason.NoEndpoints);

    // nodePortAddresses confine the nat rules of iptables, but not its filter rules: those match any local address.
    private static Decision WithoutNodePort(ProxyNode node, in Decision undecided)
    {
        ServicePortEntry port = undecided.Port!;
        if (node.Mode == ProxyMode.Iptables && !port.HasEndpoints)
            return undecided.Ended(Verdict.Reject, DecisionReason.NoEndpoints);
        if (node.Mode == ProxyMode.Iptables && port.IsExternallyLocal && port.Selection.Local(node.Index).Count == 0)
            return undecided.Ended(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        return undecided.Ended(Verdict.PassThrough, DecisionReason.NoRule);
    }
}
