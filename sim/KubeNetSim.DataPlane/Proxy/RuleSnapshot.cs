namespace KubeNetSim.DataPlane.Proxy;

/// <summary>
/// Where a packet for a Service goes in the modes that write rules: iptables and nftables agree but for the few methods that a mode overrides
/// (pkg/proxy/iptables/proxier.go, pkg/proxy/nftables/proxier.go).
/// </summary>
internal abstract class RuleSnapshot(ServiceTable services, ProxyNode node) : NodeSnapshot(services, node)
{
    internal sealed override void Route(ref Decision decision, in Packet packet, in PortRoute route)
    {
        if (decision.Frontend == FrontendKind.ClusterIP)
            Internal(ref decision, packet, route);
        else
            External(ref decision, packet);
    }

    private void Internal(ref Decision decision, in Packet packet, in PortRoute route)
    {
        if (!decision.HasEndpoints)
        {
            decision.End(Verdict.Reject, DecisionReason.NoEndpoints);
            return;
        }
        EndpointSet endpoints = route.DependsOnNode ? OwnEndpoints(decision.Port!) : route.Endpoints;
        if (endpoints.Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.To(endpoints, MasqueradesInternal(packet), route.AffinityTimeoutNs);
    }

    private EndpointSet OwnEndpoints(ServicePortEntry port) =>
        port.IsInternallyLocal ? port.Selection.Local(Node.Index) : port.Selection.Cluster(Node.Index, Node.Zone);

    private bool MasqueradesInternal(in Packet packet) =>
        Node.MasqueradeAll || (Node.LocalTraffic.CanTell(packet.Destination.Family) && !Node.IsFromPod(packet));

    private void External(ref Decision decision, in Packet packet)
    {
        ServicePortEntry port = decision.Port!;
        if (decision.Frontend == FrontendKind.LoadBalancer && !Node.MayUseLoadBalancer(port, packet) && HasFirewall(port))
            decision.End(Verdict.Drop, DecisionReason.SourceNotAllowed);
        else if (decision.Frontend == FrontendKind.NodePort && !decision.HasNodePorts)
            WithoutNodePort(ref decision);
        else if (!port.HasEndpoints)
            WithoutEndpoints(ref decision);
        else if (port.IsExternallyLocal)
            ExternalLocal(ref decision, packet);
        else
            decision.To(port.Selection.Cluster(Node.Index, Node.Zone), masquerade: true, port.AffinityTimeoutNs);
    }

    // Pods and the node itself never left the cluster, so policy Local does not confine them.
    private void ExternalLocal(ref Decision decision, in Packet packet)
    {
        ServicePortEntry port = decision.Port!;
        bool fromPod = Node.IsFromPod(packet);
        if (fromPod || Node.IsFromNode(packet))
        {
            decision.To(port.Selection.Cluster(Node.Index, Node.Zone), masquerade: !fromPod, port.AffinityTimeoutNs);
            return;
        }
        EndpointSet local = port.Selection.Local(Node.Index);
        if (local.Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.To(local, masquerade: false, port.AffinityTimeoutNs);
    }

    /// <summary>Whether the load balancer addresses of a Service are guarded by its source ranges.</summary>
    private protected virtual bool HasFirewall(ServicePortEntry port) => true;

    /// <summary>Decides for a packet to a Service without endpoints, at another address than its cluster IP.</summary>
    private protected virtual void WithoutEndpoints(ref Decision decision) => decision.End(Verdict.Reject, DecisionReason.NoEndpoints);

    /// <summary>Decides for a packet to a node port at an address of the node that has no node ports.</summary>
    private protected virtual void WithoutNodePort(ref Decision decision) => decision.End(Verdict.PassThrough, DecisionReason.NoRule);

    /// <summary>The families whose rules are listed: those of the ports, and of the node where everything is wanted.</summary>
    private protected IpFamily[] FamiliesOf(ServicePortEntry[] ports, bool isWhole)
    {
        IEnumerable<IpFamily> own = isWhole ? Node.Addresses.Families : [];
        return [.. ports.Select(port => port.Family).Concat(own).DefaultIfEmpty().Distinct().Order()];
    }
}
