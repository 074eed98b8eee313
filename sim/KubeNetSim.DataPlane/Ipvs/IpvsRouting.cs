namespace KubeNetSim.DataPlane;

/// <summary>
/// Where a packet for a Service goes in IPVS mode (pkg/proxy/ipvs/proxier.go). A virtual server has one list of real servers whoever
/// calls, so pods and nodes get no short cut, and a policy Local that finds nobody falls back instead of dropping.
/// </summary>
internal static class IpvsRouting
{
    public static Decision Route(ProxyNode node, in Decision undecided, in Packet packet)
    {
        ServicePortEntry port = undecided.Port!;
        bool isInternal = undecided.Frontend == FrontendKind.ClusterIP;
        if (undecided.Frontend == FrontendKind.NodePort && !undecided.HasNodePorts)
            return undecided.Ended(Verdict.PassThrough, DecisionReason.NoRule);
        if (undecided.Frontend == FrontendKind.LoadBalancer && !node.MayUseLoadBalancer(port, packet))
            return undecided.Ended(Verdict.Drop, DecisionReason.SourceNotAllowed);

        EndpointSet endpoints = RealServers(node, port, undecided.Frontend);
        if (endpoints.Count == 0)
            return undecided.Ended(Verdict.Reject, port.HasEndpoints ? DecisionReason.NoLocalEndpoints : DecisionReason.NoEndpoints);
        bool masquerade = isInternal ? MasqueradesInternal(node, packet) : !port.IsExternallyLocal;
        // The set KUBE-LOOP-BACK holds endpoints of the node only.
        return undecided.To(endpoints, masquerade, port.AffinityTimeoutNs).WithHairpinAt(node.Index);
    }

    /// <summary>The real servers of a virtual server; where it has none, the kernel refuses connections.</summary>
    public static EndpointSet RealServers(ProxyNode node, ServicePortEntry port, FrontendKind kind)
    {
        bool onlyLocal = kind == FrontendKind.ClusterIP ? port.IsInternallyLocal : port.IsExternallyLocal;
        EndpointSet local = onlyLocal ? port.Selection.Local(node.Index) : default;
        if (local.Count > 0)
            return local;
        return port.UsesClusterEndpoints ? port.Selection.Cluster(node.Index, node.Zone) : default;
    }

    // The node owns every virtual address, so its processes send from the very address they call.
    private static bool MasqueradesInternal(ProxyNode node, in Packet packet) =>
        node.MasqueradeAll
        || (node.LocalTraffic.CanTell(packet.Destination.Family) ? !node.IsFromPod(packet) : packet.From == PacketSource.Node);
}
