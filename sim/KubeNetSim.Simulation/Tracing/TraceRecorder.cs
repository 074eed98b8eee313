using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>Writes down what happens to the only request of a run.</summary>
internal sealed class TraceRecorder(PreparedScenario prepared) : IFlightObserver
{
    private readonly ImmutableArray<TraceStep>.Builder _steps = ImmutableArray.CreateBuilder<TraceStep>();
    private readonly BackendCosts _costs = prepared.Costs;
    private readonly PreparedWorkload _workload = prepared.Workloads[0];
    private readonly Dictionary<(int Workload, bool IsCopy), Connecting> _connections = [];
    private string? _answered;

    /// <summary>Numbers of backends, once the run has made them.</summary>
    public RunState? State { get; set; }

    /// <summary>What happened, in the order of time. Copies of the request have steps of their own.</summary>
    public ImmutableArray<TraceStep> Steps => [.. _steps.OrderBy(step => step.AtNs)];

    public string Outcome { get; private set; } = "";

    public TraceEnding Ending { get; private set; }

    public long EndedAt { get; private set; }

    public void NameResolved(in Flight flight, long now)
    {
        NameLookup name = _workload.Name!;
        bool outside = _workload.Sources[flight.Source].Node < 0 || !name.AsksCluster;
        string who = outside ? "the client's own resolver" : $"cluster DNS (question {name.Queries} of the search path)";
        string answer = name.Answers.IsEmpty ? "no address"
            : string.Join(", ", name.Answers.Take(4).Select(destination => prepared.NameOfOutside(destination.Address))) + (name.Answers.Length > 4 ? ", ..." : "");
        string upstream = name.IsForwarded && !outside ? " with an upstream server's answer" : "";
        Add(now, "DNS", $"{who} resolves {name.Host} to {answer}{upstream}", [], 0);
    }

    public void PassedLoadBalancer(in Flight flight, in Hop next, long now)
    {
        LoadBalancer balancer = State!.Router[flight.Listener];
        string target = next.Kind == HopKind.Node ? NameOf(next.Number)
            : balancer.TargetNodes.IsEmpty ? "none: no node is healthy"
            : "the client's own node, which cannot be client and target at once while client addresses are kept (no NAT loopback): lost";
        string rewritten = next.Kind == HopKind.Node && flight.Retargeted
            ? $", DNAT to {Address(balancer.DestinationAt(next.Number).Address, balancer.DestinationAt(next.Number).Port)}" : "";
        Add(now, balancer.Traits.Name, $"chooses one of {balancer.TargetNodes.Length} nodes: {target}{rewritten}", [], prepared.Scenario.Network.LoadBalancerLatencyNs);
    }

    public void PassedNode(in Flight flight, in NodeStep step)
    {
        string what = step.Decision.Verdict switch
        {
            Verdict.Forward when step.Next.Kind is HopKind.Lost => $"{Forwarded(step)}; {NoReply(step)}",
            Verdict.Forward => Forwarded(step),
            Verdict.PassThrough when step.Next.Kind is HopKind.Refused && PodAt(step) is { } pod =>
                $"no rule is about {Destination(step.Packet)}: pod {pod.Meta.FullName} does not listen there ({PortsOf(pod)}): refused",
            Verdict.PassThrough when step.Next.Kind is HopKind.Refused => $"{Destination(step.Packet)} is this node's own, and nothing listens there: refused",
            Verdict.PassThrough when step.Next.Kind is HopKind.Lost => $"no rule and no route for {Destination(step.Packet)}: lost",
            Verdict.PassThrough => $"no rule is about {Destination(step.Packet)}: passes unchanged",
            Verdict.Reject => $"{Destination(step.Packet)}: rejected ({Why(step.Decision.Reason)})",
            Verdict.Drop => $"{Destination(step.Packet)}: dropped ({Why(step.Decision.Reason)})",
            _ => $"{Destination(step.Packet)}: answered by kube-proxy itself ({Why(step.Decision.Reason)})",
        };
        Add(step.At, NameOf(step.Node), KindOf(flight) + what, Rules(step), step.Passage.TotalNs);
    }

    public void FoundBackend(in Flight flight, in WireTimes times) => _connections[KeyOf(flight)] = new Connecting(times, 0);

    // The SYN meets the rules of the backend's node; the request, which comes later, does not.
    public void EnteredNode(in Flight flight, in NodeStep step)
    {
        long at = step.At;
        if (_connections.TryGetValue(KeyOf(flight), out Connecting connecting))
        {
            at = connecting.Times.SynAtNs;
            _connections[KeyOf(flight)] = connecting with { EntryNs = step.Passage.TotalNs };
        }
        Add(at, NameOf(step.Node), $"{KindOf(flight)}arrives for {step.Packet.Destination}, a pod of this node: passes unchanged", Rules(step), step.Passage.TotalNs);
    }

    public void Routed(in Flight flight, HttpDecision decision, int outcome, long now, long took)
    {
        HttpOutcome chosen = decision.Outcomes[outcome];
        string share = chosen.Share < 1 ? $", as {chosen.Share.ToString("0.#%", CultureInfo.InvariantCulture)} of such requests are" : "";
        string status = chosen.Backend is null ? chosen.Status > 0 ? $"answers {chosen.Status}: " : "closes the connection: " : "";
        string at = decision.Listener is { } listener ? $"listener {listener.Name}: " : "";
        _answered = chosen.Backend is null ? $"{status}{chosen.Reason}" : null;
        string pod = NameOfBackend(flight);
        AddHandshake(flight, pod);
        Add(now - took, pod, $"{at}{status}{chosen.Reason}{share}", RoutingText.RulesOf(decision, chosen), took);
    }

    public void Completed(in Flight flight, long at, long queue, long service)
    {
        string pod = NameOfBackend(flight);
        bool isAnswerOfRouter = _answered is not null && !flight.IsCall;
        if (!flight.Relayed && !isAnswerOfRouter)
        {
            string seen = flight.IsCall ? "sees the address of the router's pod"
                : flight.Masqueraded ? "sees the address of a node, not the client's" : "sees the client's address";
            long arrived = AddHandshake(flight, pod) ?? at - queue - service;
            Add(arrived + queue + service, pod, $"{KindOf(flight)}served, sends the response; {seen}", [], queue + service);
        }
        Add(at, ClientOf(flight), $"{KindOf(flight)}gets the answer", [], 0);
        if (flight.IsCall)
            return;
        Ending = TraceEnding.Answered;
        EndedAt = at;
        Outcome = _answered is { } answered ? $"the router {answered}" : $"answered by {pod}";
    }

    public void Failed(in Flight flight, Failure failure, long at)
    {
        if (failure == Failure.Overflowed)
            AddHandshake(flight, NameOfBackend(flight));
        if (flight.IsCall)
            return;
        EndedAt = at;
        Ending = failure switch
        {
            Failure.Refused or Failure.Overflowed => TraceEnding.Refused,
            Failure.Unresolved => TraceEnding.Unresolved,
            Failure.Dropped or Failure.TimedOut => TraceEnding.Dropped,
            _ => throw new UnreachableException($"failure {failure}"),
        };
        Outcome = _answered is { } answered && failure == Failure.Refused ? $"the router {answered}" : flight.Relayed ? OfRouter(failure) : failure switch
        {
            Failure.Refused => "connection refused",
            Failure.Dropped => "no answer: the packet is lost, and the client waits until it gives up",
            Failure.Unresolved => "the name has no address",
            Failure.Overflowed => "the backend's queue is full",
            _ => "the client gave up",
        };
        Add(at, ClientOf(flight), failure == Failure.Dropped ? "gives up" : Outcome, [], 0);
    }

    // What the packets of a new connection do before the backend works on the request. Returns when the request is there.
    private long? AddHandshake(in Flight flight, string pod)
    {
        if (!_connections.Remove(KeyOf(flight), out Connecting connecting))
            return null;
        (WireTimes times, long entry) = connecting;
        string client = ClientOf(flight);
        string kind = KindOf(flight);
        if (times.SynAckAtNs is { } synAck)
        {
            Add(times.SynAtNs + entry, pod, $"{kind}SYN arrives, sends SYN-ACK", [], 0);
            Add(synAck + entry, client, times.TlsDoneAtNs is null
                ? $"{kind}SYN-ACK arrives, the connection is open: sends the request" : $"{kind}SYN-ACK arrives, the connection is open: begins TLS", [], 0);
        }
        if (times.TlsDoneAtNs is { } tls)
            Add(tls + entry, client, $"{kind}TLS 1.3 handshake is done: sends the request", [], 0);
        Add(times.RequestAtNs + entry, pod, $"{kind}request arrives", [], 0);
        return times.RequestAtNs + entry;
    }

    private static (int Workload, bool IsCopy) KeyOf(in Flight flight) => (flight.Workload, flight is { IsCall: true, Caller: Topology.None });

    private string NameOfBackend(in Flight flight) => State!.Backends.Record(flight.Backend, 0).Pod;

    private string ClientOf(in Flight flight)
    {
        Source source = State!.Workloads[flight.Workload].Sources[flight.Source];
        return source.Pod >= 0 ? prepared.Cluster.Pods[source.Pod].Meta.FullName : source.Node >= 0 ? NameOf(source.Node) : "client";
    }

    // RFC 9110 15.6.4 and 15.6.5.
    private static string OfRouter(Failure failure) => failure switch
    {
        Failure.TimedOut or Failure.Dropped => "the router answers 504: its backend does not answer in time",
        Failure.Overflowed => "the router answers 503: its backend's queue is full",
        _ => "the router answers 503: no backend takes its connection",
    };

    private static string KindOf(in Flight flight) =>
        flight.IsQuery ? "DNS query: " : flight is { IsCall: true, Caller: Topology.None } ? "copy: " : "";

    private static string Forwarded(in NodeStep step)
    {
        EndpointEntry endpoint = step.Decision.Endpoints[step.Choice.Endpoint];
        string choice = step.Decision.Endpoints.Count == 1 ? "the only endpoint" : $"one of {step.Decision.Endpoints.Count} endpoints";
        string masquerade = step.Decision.IsMasqueraded(step.Packet, step.Choice.Endpoint) ? ", SNAT to this node's address" : "";
        return $"{Destination(step.Packet)} is Service {step.Decision.Port!.Name}: {choice}, DNAT to {endpoint}{masquerade}";
    }

    // The endpoint is on another machine, and no node translates its reply.
    private static string NoReply(in NodeStep step) => step.Packet.From == PacketSource.Node
        ? "the packet leaves with the called address as its source, which the endpoint's node owns, too: no reply comes back"
        : "the endpoint answers the client directly, from an address that the client did not call: the client drops the reply";

    private ImmutableArray<TraceRule> Rules(in NodeStep step)
    {
        NodeSnapshot snapshot = State!.Nodes[step.Node].Snapshot;
        Decision decision = step.Decision.Port is null && step.Decision.Verdict == default ? snapshot.Decide(step.Packet) : step.Decision;
        ImmutableArray<TraceRule>.Builder rules = ImmutableArray.CreateBuilder<TraceRule>();
        foreach (RuleStep rule in RuleStep.Of(snapshot, step.Packet, decision, step.Choice.Endpoint, step.Choice.ByAffinity))
            rules.Add(new TraceRule(
                rule.Where, rule.Rule, rule.Meaning, rule.Work.DispatchRules + rule.Work.EndpointRules, rule.Work.Lookups,
                rule.Work.CostNs(_costs) - (long)_costs.NewConnectionNs));
        rules.Add(new TraceRule("conntrack", "", "hooks, and an entry for the new connection", 0, 0, (long)_costs.NewConnectionNs));
        return rules.ToImmutable();
    }

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

    private Pod? PodAt(in NodeStep step) =>
        State!.Topology.PodAt(step.Packet.Destination) is >= 0 and int pod ? State.Backends.PodAt(pod) : null;

    private static string PortsOf(Pod pod) => pod.Spec.Ports.IsEmpty
        ? "its containers declare no port"
        : $"its containers declare {string.Join(", ", pod.Spec.Ports.Select(port => $"{port.Protocol} {port.Port}").Distinct())}";

    private static string Destination(in Packet packet) => $"{packet.Protocol} {Address(packet.Destination, packet.DestinationPort)}";

    private static string Address(IpAddress address, int port) =>
        address.Family == IpFamily.IPv6 ? $"[{address}]:{port}" : $"{address}:{port}";

    private string NameOf(int node) => prepared.Cluster.Nodes[node].Meta.Name;

    private void Add(long at, string place, string what, ImmutableArray<TraceRule> rules, long took) =>
        _steps.Add(new TraceStep(at, place, what, rules, took));

    /// <summary>A connection that is being opened.</summary>
    /// <param name="Times">When its packets arrive.</param>
    /// <param name="EntryNs">What the rules of the backend's own node added to that [ns].</param>
    private readonly record struct Connecting(WireTimes Times, long EntryNs);
}
