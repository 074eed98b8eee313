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
            : name.Answers is [{ Address: var only }] && prepared.NameOfOutside(only).TrimEnd('.') == name.Host.TrimEnd('.') ? "an address outside the cluster"
            : string.Join(", ", name.Answers.Take(4).Select(destination => prepared.NameOfOutside(destination.Address))) + (name.Answers.Length > 4 ? ", ..." : "");
        string upstream = name.IsForwarded && !outside ? " with an upstream server's answer" : "";
        Add(now, "DNS", $"{who} resolves {name.Host} to {answer}{upstream}", [], 0);
    }

    public void NameAsked(in Flight query, bool isKnownAtNode, long now) =>
        Add(now, ClientOf(query), LookupText.Asked(query, State!, isKnownAtNode), [], 0);

    public void QueryServed(in Flight query, long arrival, long done)
    {
        (string what, long took) = LookupText.Served(query, State!, prepared);
        Add(arrival, NameOfBackend(query), "DNS query arrives", [], 0);
        Add(done + took, NameOfBackend(query), what, [], done + took - arrival);
    }

    public void QueryAnswered(in Flight query, long now) =>
        Add(now, ClientOf(query), query.Lookup.Sent == Questions.None ? "no answer to the DNS query" : "the DNS answer arrives", [], 0);

    public void PassedLoadBalancer(in Flight flight, in Hop next, long now)
    {
        LoadBalancer balancer = State!.Router[flight.Listener];
        Source client = State.Workloads[flight.Workload].Sources[flight.Source];
        string kind = balancer.SendsToPods ? "pod" : "node";
        string target = next.Kind == HopKind.Node ? NameOf(next.Number)
            : next.Kind == HopKind.Backend ? State.Backends.Record(next.Number, 0).Pod
            : balancer.TargetCount == 0 ? $"none: no {kind} is healthy"
            : balancer.Traits.FiltersSources && State.Router.Drops(flight.Listener, Hop.Lost, client) ? "none: the client is not in loadBalancerSourceRanges: lost"
            : $"the client{(balancer.SendsToPods ? " itself" : "'s own node")}, which cannot be client and target at once while client addresses are kept (no NAT loopback): lost";
        string rewritten = next.Kind == HopKind.Node && flight.Retargeted
            ? $", DNAT to {NodeText.Address(balancer.DestinationAt(next.Number).Address, balancer.DestinationAt(next.Number).Port)}" : "";
        Add(now, balancer.Traits.Name, $"chooses one of {balancer.TargetCount} {kind}s: {target}{rewritten}", [], prepared.Scenario.Network.LoadBalancerLatencyNs);
    }

    public void PassedNode(in Flight flight, in NodeStep step)
    {
        string what = NodeText.Of(step, State!);
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
        if (!flight.IsCall && HealthText.AnswerTo(flight, State!, _workload) is { } health)
        {
            Add(AddHandshake(flight, pod) ?? at - queue - service, pod, health, [], queue + service);
            _answered = health;
        }
        else if (!flight.Relayed && !isAnswerOfRouter)
        {
            string seen = flight.IsCall ? "sees the address of the router's pod"
                : flight.ViaLoadBalancer && !State!.Router[flight.Listener].Traits.KeepsClientAddress ? "sees the address of the load balancer, not the client's"
                : flight.Masqueraded ? "sees the address of a node, not the client's" : "sees the client's address";
            long arrived = AddHandshake(flight, pod) ?? at - queue - service;
            Add(arrived + queue + service, pod, $"{KindOf(flight)}served, sends the response; {seen}", [], queue + service);
        }
        Add(at, ClientOf(flight), $"{KindOf(flight)}gets the answer", [], 0);
        if (flight.IsCall)
            return;
        Ending = TraceEnding.Answered;
        EndedAt = at;
        Outcome = _answered is not { } answered ? $"answered by {pod}" : State!.Backends.IsProxy(flight.Backend) ? $"{pod} {answered}" : $"the router {answered}";
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

    private static (int Workload, bool IsCopy) KeyOf(in Flight flight) => (flight.Workload, flight.IsCopy);

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
        flight.IsQuery ? "DNS query: " : flight.IsCopy ? "copy: " : "";

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

    private string NameOf(int node) => prepared.Cluster.Nodes[node].Meta.Name;

    private void Add(long at, string place, string what, ImmutableArray<TraceRule> rules, long took) =>
        _steps.Add(new TraceStep(at, place, what, rules, took));

    /// <summary>A connection that is being opened.</summary>
    /// <param name="Times">When its packets arrive.</param>
    /// <param name="EntryNs">What the rules of the backend's own node added to that [ns].</param>
    private readonly record struct Connecting(WireTimes Times, long EntryNs);
}
