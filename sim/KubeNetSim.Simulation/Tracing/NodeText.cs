namespace KubeNetSim.Simulation.Tracing;

/// <summary>What the rules of a node did with a packet, in words.</summary>
internal static class NodeText
{
    /// <summary>The decision, and where the packet goes from there.</summary>
    public static string Of(in NodeStep step, RunState state) => step.Decision.Verdict switch
    {
        Verdict.Forward when step.Next.Kind is HopKind.Lost => $"{Forwarded(step, state)}; {NoReply(step)}",
        Verdict.Forward => Forwarded(step, state),
        Verdict.PassThrough when step.Next.Kind is HopKind.Refused && PodAt(step, state) is { } pod =>
            $"no rule is about {Destination(step.Packet, state)}: pod {pod.Meta.FullName} does not listen there ({PortsOf(pod)}): refused",
        Verdict.PassThrough when step.Next.Kind is HopKind.Refused => $"{Destination(step.Packet, state)} is this node's own, and nothing listens there: refused",
        Verdict.PassThrough when step.Next.Kind is HopKind.Lost => $"no rule and no route for {Destination(step.Packet, state)}: lost",
        Verdict.PassThrough when step.Next.Kind is HopKind.Backend && state.Backends.IsProxy(step.Next.Number) =>
            $"no rule is about {Destination(step.Packet, state)}: kube-proxy itself listens there",
        Verdict.PassThrough => $"no rule is about {Destination(step.Packet, state)}: passes unchanged",
        Verdict.Reject => $"{Destination(step.Packet, state)}: rejected ({Why(step.Decision.Reason)})",
        Verdict.Drop => $"{Destination(step.Packet, state)}: dropped ({Why(step.Decision.Reason)})",
        _ when step.Next.Kind is HopKind.Refused => $"{Destination(step.Packet, state)} is a health check port, and kube-proxy does not listen at this address: refused",
        _ => $"{Destination(step.Packet, state)} is for kube-proxy itself ({Why(step.Decision.Reason)})",
    };

    private static string Forwarded(in NodeStep step, RunState state)
    {
        EndpointEntry endpoint = step.Decision.Endpoints[step.Choice.Endpoint];
        string choice = step.Decision.Endpoints.Count == 1 ? "the only endpoint" : $"one of {step.Decision.Endpoints.Count} endpoints";
        string masquerade = step.Decision.IsMasqueraded(step.Packet, step.Choice.Endpoint) ? ", SNAT to this node's address" : "";
        return $"{Destination(step.Packet, state)} is Service {step.Decision.Port!.Name}: {choice}, DNAT to {endpoint}{masquerade}";
    }

    // The endpoint is on another machine, and no node translates its reply.
    private static string NoReply(in NodeStep step) => step.Packet.From == PacketSource.Node
        ? "the packet leaves with the called address as its source, which the endpoint's node owns, too: no reply comes back"
        : "the endpoint answers the client directly, from an address that the client did not call: the client drops the reply";

    private static string Why(DecisionReason reason) => reason switch
    {
        DecisionReason.NoEndpoints => "the Service has no endpoint",
        DecisionReason.NoLocalEndpoints => "its traffic policy is Local, and this node has no endpoint",
        DecisionReason.SourceNotAllowed => "the client is not in loadBalancerSourceRanges",
        DecisionReason.UndefinedPort => "the Service has no such port",
        DecisionReason.UnallocatedAddress => "no Service has this cluster IP",
        DecisionReason.HealthCheck => "the health check of a Service",
        _ => "no rule",
    };

    private static Pod? PodAt(in NodeStep step, RunState state) =>
        state.Topology.PodAt(step.Packet.Destination) is >= 0 and int pod ? state.Backends.PodAt(pod) : null;

    private static string PortsOf(Pod pod) => pod.Spec.Ports.IsEmpty
        ? "its containers declare no port"
        : $"its containers declare {string.Join(", ", pod.Spec.Ports.Select(port => $"{port.Protocol} {port.Port}").Distinct())}";

    private static string Destination(in Packet packet, RunState state) =>
        state.Prepared.NameOfOutside(packet.Destination) is var name && name != packet.Destination.ToString()
            ? $"{packet.Protocol} {name}:{packet.DestinationPort}"
            : $"{packet.Protocol} {Address(packet.Destination, packet.DestinationPort)}";

    /// <summary>An address and port, with brackets around an IPv6 address.</summary>
    public static string Address(IpAddress address, int port) =>
        address.Family == IpFamily.IPv6 ? $"[{address}]:{port}" : $"{address}:{port}";
}
