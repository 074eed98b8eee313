namespace KubeNetSim.DataPlane;

/// <summary>
/// Where a packet for a Service goes in iptables and nftables mode, which agree but for a few lines marked below
/// (pkg/proxy/iptables/proxier.go, pkg/proxy/nftables/proxier.go).
/// </summary>
internal static class RuleRouting
{
    public static void Route(ProxyNode node, ref Decision decision, in Packet packet, in PortRoute route)
    {
        if (decision.Frontend == FrontendKind.ClusterIP)
            Internal(node, ref decision, packet, route);
        else
            External(node, ref decision, packet);
    }

    private static void Internal(ProxyNode node, ref Decision decision, in Packet packet, in PortRoute route)
    {
        if (!decision.HasEndpoints)
        {
            decision.End(Verdict.Reject, DecisionReason.NoEndpoints);
            return;
        }
        EndpointSet endpoints = route.DependsOnNode ? OwnEndpoints(node, decision.Port!) : route.Endpoints;
        if (endpoints.Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.To(endpoints, MasqueradesInternal(node, packet), route.AffinityTimeoutNs);
    }

    private static EndpointSet OwnEndpoints(ProxyNode node, ServicePortEntry port) =>
        port.IsInternallyLocal ? port.Selection.Local(node.Index) : port.Selection.Cluster(node.Index, node.Zone);

    private static bool MasqueradesInternal(ProxyNode node, in Packet packet) =>
        node.MasqueradeAll || (node.LocalTraffic.CanTell(packet.Destination.Family) && !node.IsFromPod(packet));

    private static void External(ProxyNode node, ref Decision decision, in Packet packet)
    {
        ServicePortEntry port = decision.Port!;
        if (decision.Frontend == FrontendKind.LoadBalancer && !node.MayUseLoadBalancer(port, packet) && HasFirewall(node, port))
            decision.End(Verdict.Drop, DecisionReason.SourceNotAllowed);
        else if (decision.Frontend == FrontendKind.NodePort && !decision.HasNodePorts)
            WithoutNodePort(node, ref decision);
        else if (!port.HasEndpoints)
            WithoutEndpoints(node, ref decision);
        else if (port.IsExternallyLocal)
            ExternalLocal(node, ref decision, packet);
        else
            decision.To(port.Selection.Cluster(node.Index, node.Zone), masquerade: true, port.AffinityTimeoutNs);
    }

    // Pods and the node itself never left the cluster, so policy Local does not confine them.
    private static void ExternalLocal(ProxyNode node, ref Decision decision, in Packet packet)
    {
        ServicePortEntry port = decision.Port!;
        bool fromPod = node.IsFromPod(packet);
        if (fromPod || node.IsFromNode(packet))
        {
            decision.To(port.Selection.Cluster(node.Index, node.Zone), masquerade: !fromPod, port.AffinityTimeoutNs);
            return;
        }
        EndpointSet local = port.Selection.Local(node.Index);
        if (local.Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.To(local, masquerade: false, port.AffinityTimeoutNs);
    }

    // iptables has no firewall chain for a Service without endpoints: its packets are rejected whoever sends them.
    private static bool HasFirewall(ProxyNode node, ServicePortEntry port) => node.Mode == ProxyMode.Nftables || port.HasEndpoints;

    // iptables refuses addresses other than cluster IPs in a chain that the node's own packets meet only when they come back in
    // (KUBE-EXTERNAL-SERVICES is called from INPUT and FORWARD, not from OUTPUT).
    private static void WithoutEndpoints(ProxyNode node, ref Decision decision) => decision.End(
        node.Mode == ProxyMode.Iptables && decision.From == PacketSource.Node && !decision.IsDestinationLocal ? Verdict.PassThrough : Verdict.Reject,
        DecisionReason.NoEndpoints);

    // nodePortAddresses confine the nat rules of iptables, but not its filter rules: those match any local address.
    private static void WithoutNodePort(ProxyNode node, ref Decision decision)
    {
        ServicePortEntry port = decision.Port!;
        if (node.Mode == ProxyMode.Iptables && !port.HasEndpoints)
            decision.End(Verdict.Reject, DecisionReason.NoEndpoints);
        else if (node.Mode == ProxyMode.Iptables && port.IsExternallyLocal && port.Selection.Local(node.Index).Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.End(Verdict.PassThrough, DecisionReason.NoRule);
    }
}
