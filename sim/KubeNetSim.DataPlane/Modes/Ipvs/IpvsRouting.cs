namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// Where a packet for a Service goes in IPVS mode (pkg/proxy/ipvs/proxier.go). A virtual server has one list of real servers whoever
/// calls, so pods and nodes get no short cut, and a policy Local that finds nobody falls back instead of dropping.
/// </summary>
internal static class IpvsRouting
{
    public static void Route(ProxyNode node, ref Decision decision, in Packet packet, in PortRoute route)
    {
        ServicePortEntry port = decision.Port!;
        if (decision.Frontend == FrontendKind.NodePort && !decision.HasNodePorts)
        {
            decision.End(Verdict.PassThrough, DecisionReason.NoRule);
            return;
        }
        if (decision.Frontend == FrontendKind.LoadBalancer && !node.MayUseLoadBalancer(port, packet))
        {
            decision.End(Verdict.Drop, DecisionReason.SourceNotAllowed);
            return;
        }
        // Mostly they are the same for all nodes, and then found without looking at the port itself.
        EndpointSet endpoints = decision.Frontend == FrontendKind.ClusterIP && !route.DependsOnNode ? route.Endpoints : RealServers(node, port, decision.Frontend);
        if (endpoints.Count == 0)
        {
            decision.End(Verdict.Reject, port.HasEndpoints ? DecisionReason.NoLocalEndpoints : DecisionReason.NoEndpoints);
            return;
        }
        bool isInternal = decision.Frontend == FrontendKind.ClusterIP;
        decision.To(endpoints, isInternal ? MasqueradesInternal(node, packet) : !port.IsExternallyLocal, route.AffinityTimeoutNs);
        // The set KUBE-LOOP-BACK holds endpoints of the node only.
        decision.ConfineHairpin(node.Index);
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
