using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// Places pods in order, as if they had been created in the order of the files. A node must pass the filters of kube-scheduler that are
/// about requests, host ports, cordons, taints, node selectors and affinity, required pod anti-affinity and hard topology spread. Of those
/// that do, the one whose zone, then which itself, has fewest pods of the same owner wins, then the one with fewest pods, then the first
/// in the cluster. Preferences are not evaluated, and no pod is preempted.
/// </summary>
internal sealed class Scheduler
{
    /// <summary>How many classes of pods have a queue at a time; with more, memory would be classes times nodes.</summary>
    private const int MaxQueues = 64;

    private readonly PlacementState _state;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<PodClass, NodeQueues> _queues = [];
    private CandidateNodes? _candidates;
    private Pod? _candidatesFor;
    private (Pod Pod, int Settled, string Reason)? _lastFailure;

    private Scheduler(ImmutableArray<Node> nodes)
    {
        _state = new PlacementState(nodes);
        for (int node = 0; node < nodes.Length; node++)
            _numbers.TryAdd(nodes[node].Meta.Name, node);
    }

    /// <summary>
    /// Gives every pod a node, or the reason why it stays Pending. Pods that have an address run already and stay where they are.
    /// </summary>
    public static ImmutableArray<Pod> Place(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        Scheduler scheduler = new(nodes);
        scheduler._state.Rules.Learn(pods);
        foreach (Pod pod in pods)
            if (Runs(pod) && scheduler._numbers.TryGetValue(NodeOf(pod)!, out int node))
                scheduler._state.Settle(pod, node);
        Pod[] result = [.. pods.Select(pod => Runs(pod) && pod.NodeName is null ? pod with { NodeName = pod.Spec.NodeName } : pod)];
        List<int> waiting = [.. Enumerable.Range(0, pods.Length).Where(number => !Runs(pods[number]))];
        int settled;
        do
        {
            settled = scheduler._state.Settled;
            waiting.RemoveAll(number => scheduler.TryPlace(ref result[number]));
        }
        // A pod that spreads may find a place once others have filled the emptiest domain: those that wait are tried again, as for real.
        while (waiting.Count > 0 && scheduler._state.Rules.HaveSpread && scheduler._state.Settled > settled);
        foreach (Pod pod in result)
            if (pod is { NodeName: null, PendingReason: { } reason })
                log.Event("Pod", pod.Meta, "FailedScheduling", reason);
        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    private static bool Runs(Pod pod) => !pod.Addresses.IsEmpty && NodeOf(pod) is not null;

    private static string? NodeOf(Pod pod) => pod.NodeName ?? pod.Spec.NodeName;

    // False where it may be worth another try.
    private bool TryPlace(ref Pod pod)
    {
        if (NodeOf(pod) is { } wanted)
        {
            pod = PlacedOn(pod, wanted);
            return true;
        }
        int node = Find(pod);
        pod = node < 0 ? Pending(pod, WhyNowhere(pod)) : Placed(pod, node);
        return node >= 0;
    }

    // A pod of a DaemonSet, or one that names its node and so never meets the scheduler: the kubelet refuses what does not fit.
    private Pod PlacedOn(Pod pod, string wanted)
    {
        if (!_numbers.TryGetValue(wanted, out int node))
            return Pending(pod, $"node \"{wanted}\" not found");
        if (!_state.RoomOf(node).Fits(pod.Spec))
            return Pending(pod, Explain(_state.RoomOf(node).Refusals(pod.Spec)
                .Concat(Enumerable.Repeat("node(s) didn't satisfy plugin(s) [NodeAffinity]", _state.Nodes.Length - 1))));
        _state.Settle(pod, node);
        return Placed(pod, node);
    }

    private int Find(Pod pod)
    {
        CandidateNodes candidates = CandidatesFor(pod);
        List<int> refused = [];
        int node = candidates.Take();
        while (node >= 0 && _state.Rules.Refusal(pod, node) is not null)
        {
            refused.Add(node);
            node = candidates.Take();
        }
        if (node >= 0)
            _state.Settle(pod, node);
        foreach (int other in refused)
            candidates.Return(other);
        if (node >= 0)
            candidates.Return(node);
        return node;
    }

    // Pods of a controller follow one another, so the last one's candidates are kept, and none before.
    private CandidateNodes CandidatesFor(Pod pod)
    {
        if (_candidates is not null && IsAlike(pod, _candidatesFor!))
            return _candidates;
        _candidates?.Release();
        PodClass podClass = PodClass.Of(pod.Spec);
        if (!_queues.TryGetValue(podClass, out NodeQueues? queues))
        {
            if (_queues.Count == MaxQueues)
                _queues.Clear();
            _queues.Add(podClass, queues = new NodeQueues(_state, pod.Spec));
        }
        (_candidates, _candidatesFor) = (new CandidateNodes(_state, pod.Spec, _state.SpreadOf(pod), queues), pod);
        return _candidates;
    }

    private static bool IsAlike(Pod pod, Pod other) =>
        pod.OwnedBy == other.OwnedBy && pod.Meta.Namespace == other.Meta.Namespace
        && (ReferenceEquals(pod.Spec, other.Spec) || PodClass.Of(pod.Spec) == PodClass.Of(other.Spec));

    private string WhyNowhere(Pod pod)
    {
        if (_state.Nodes.IsEmpty)
            return "no nodes available to schedule pods";
        // Siblings of a pod that found no place find none either while nothing changes.
        if (_lastFailure is { } last && last.Settled == _state.Settled && ReferenceEquals(last.Pod.Spec, pod.Spec)
            && ReferenceEquals(last.Pod.Meta.Labels, pod.Meta.Labels) && last.Pod.Meta.Namespace == pod.Meta.Namespace)
            return last.Reason;
        string reason = Explain(Enumerable.Range(0, _state.Nodes.Length).SelectMany(node => Refusals(pod, node)));
        _lastFailure = (pod, _state.Settled, reason);
        return reason;
    }

    // Reasons are counted, and sorted as text, the number included (pkg/scheduler/framework/types.go FitError).
    private string Explain(IEnumerable<string> refusals)
    {
        IEnumerable<string> texts = refusals
            .CountBy(refusal => refusal)
            .Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Value} {refusal.Key}"))
            .Order(StringComparer.Ordinal);
        return $"0/{_state.Nodes.Length} nodes are available: {string.Join(", ", texts)}.";
    }

    private IEnumerable<string> Refusals(Pod pod, int node)
    {
        if (NodeFilters.Refusal(pod.Spec, _state.Nodes[node]) is { } refusal)
            return [refusal];
        if (!_state.RoomOf(node).Fits(pod.Spec))
            return _state.RoomOf(node).Refusals(pod.Spec);
        return _state.Rules.Refusal(pod, node) is { } rule ? [rule] : [];
    }

    private Pod Placed(Pod pod, int node) => pod.PendingReason is null
        ? pod with { NodeName = _state.Nodes[node].Meta.Name }
        : pod with { NodeName = _state.Nodes[node].Meta.Name, PendingReason = null, Ready = true };

    private static Pod Pending(Pod pod, string reason) => pod with { NodeName = null, Ready = false, PendingReason = reason };
}
