using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model;

/// <summary>
/// Places pods in order, as if they had been created in the order of the files. A node must pass the filters of kube-scheduler that are
/// about requests, host ports, cordons, taints, node selectors and affinity, required pod anti-affinity and hard topology spread. Of those
/// that do, the one whose zone, then which itself, has fewest pods of the same owner wins, then the one with fewest pods, then the first
/// in the cluster. Preferences are not weighed, and nobody is preempted.
/// </summary>
internal sealed class Scheduler
{
    private readonly PlacementState _state;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly ControllerLog _log;
    private PodShape _shape;
    private CandidateNodes? _candidates;
    private (PodShape Shape, ObjectMeta Meta, int Settled, string Reason)? _lastFailure;

    private Scheduler(ImmutableArray<Node> nodes, ControllerLog log)
    {
        _state = new PlacementState(nodes);
        _log = log;
        for (int node = 0; node < nodes.Length; node++)
            _numbers.TryAdd(nodes[node].Meta.Name, node);
    }

    /// <summary>Gives every pod a node, or the reason why it stays Pending. Pods that have an address run already and stay where they are.</summary>
    public static ImmutableArray<Pod> Place(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        Scheduler scheduler = new(nodes, log);
        scheduler._state.Rules.Learn(pods);
        foreach (Pod pod in pods)
            if (Runs(pod) && NodeOf(pod) is { } name && scheduler._numbers.TryGetValue(name, out int node))
                scheduler._state.Settle(pod, node);
        ImmutableArray<Pod>.Builder placed = ImmutableArray.CreateBuilder<Pod>(pods.Length);
        foreach (Pod pod in pods)
            placed.Add(!Runs(pod) ? scheduler.Place(pod) : pod.NodeName is null ? pod with { NodeName = pod.Spec.NodeName } : pod);
        return placed.MoveToImmutable();
    }

    private static bool Runs(Pod pod) => !pod.Addresses.IsEmpty && NodeOf(pod) is not null;

    private static string? NodeOf(Pod pod) => pod.NodeName ?? pod.Spec.NodeName;

    private Pod Place(Pod pod)
    {
        if (NodeOf(pod) is { } wanted)
            return PlaceOn(pod, wanted);
        int node = Find(pod);
        if (node < 0)
            return Pending(pod, WhyNowhere(pod));
        _state.Settle(pod, node);
        return Placed(pod, node);
    }

    // A pod of a DaemonSet, or one that names its node and so never meets the scheduler: the kubelet refuses what does not fit.
    private Pod PlaceOn(Pod pod, string wanted)
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
        PodShape shape = PodShape.Of(pod);
        if (_candidates is null || shape != _shape)
            (_candidates, _shape) = (new CandidateNodes(_state, pod.Spec, _state.SpreadOf(pod)), shape);
        List<int> refused = [];
        int node = _candidates.Take();
        while (node >= 0 && _state.Rules.Refusal(pod, node) is not null)
        {
            refused.Add(node);
            node = _candidates.Take();
        }
        foreach (int other in refused)
            _candidates.Return(other);
        if (node >= 0)
            _candidates.Return(node);
        return node;
    }

    private string WhyNowhere(Pod pod)
    {
        if (_state.Nodes.IsEmpty)
            return "no nodes available to schedule pods";
        if (_lastFailure is { } last && last.Settled == _state.Settled && last.Shape == _shape && ReferenceEquals(last.Meta.Labels, pod.Meta.Labels))
            return last.Reason;
        string reason = Explain(Enumerable.Range(0, _state.Nodes.Length).SelectMany(node => Refusals(pod, node)));
        _lastFailure = (_shape, pod.Meta, _state.Settled, reason);
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

    private Pod Pending(Pod pod, string reason)
    {
        _log.Event($"Pod {pod.Meta.FullName}", "FailedScheduling", reason);
        return pod with { NodeName = null, Ready = false, PendingReason = reason };
    }
}
