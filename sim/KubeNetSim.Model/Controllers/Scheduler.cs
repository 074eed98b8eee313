using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model;

/// <summary>
/// Places pods in order. A node must pass the filters of kube-scheduler that are about requests, taints, node selectors and affinity,
/// required pod anti-affinity and hard topology spread; of those that do, the one whose zone, then which itself, has fewest pods of
/// the same owner wins, then the emptiest, then the first. Preferences are not weighed.
/// </summary>
internal sealed class Scheduler
{
    private readonly ImmutableArray<Node> _nodes;
    private readonly int[] _zones;
    private readonly NodeRoom[] _room;
    private readonly PlacementRules _rules;
    private readonly Dictionary<string, OwnerSpread> _spread = [];

    private Scheduler(ImmutableArray<Node> nodes)
    {
        _nodes = nodes;
        Dictionary<string, int> zones = [];
        _zones = [.. nodes.Select(node => zones.TryGetValue(node.Zone, out int zone) ? zone : zones[node.Zone] = zones.Count)];
        _room = [.. nodes.Select(node => new NodeRoom(node))];
        _rules = new PlacementRules(nodes);
    }

    /// <summary>Gives every pod a node, or the reason why it stays Pending.</summary>
    public static ImmutableArray<Pod> Place(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        Scheduler scheduler = new(nodes);
        Dictionary<string, int> numbers = [];
        for (int node = 0; node < nodes.Length; node++)
            numbers.TryAdd(nodes[node].Meta.Name, node);
        scheduler._rules.Learn(pods);
        foreach (Pod pod in pods)
            if ((pod.NodeName ?? pod.Spec.NodeName) is { } name && numbers.TryGetValue(name, out int node))
                scheduler.Settle(pod, node);
        ImmutableArray<Pod>.Builder placed = ImmutableArray.CreateBuilder<Pod>(pods.Length);
        foreach (Pod pod in pods)
            placed.Add(scheduler.Place(pod, numbers, log));
        return placed.MoveToImmutable();
    }

    /// <summary>Whether a DaemonSet puts a pod on the node: it tolerates what every daemon tolerates, a cordon included.</summary>
    public static bool MayRunDaemon(PodSpec spec, Node node) =>
        Selects(spec, node) && node.Taints.All(taint =>
            taint.Effect == "PreferNoSchedule"
            || taint.Key.StartsWith("node.kubernetes.io/", StringComparison.Ordinal)
            || spec.Tolerations.Any(toleration => toleration.Tolerates(taint)));

    private Pod Place(Pod pod, Dictionary<string, int> numbers, ControllerLog log)
    {
        if ((pod.NodeName ?? pod.Spec.NodeName) is { } wanted)
            return numbers.ContainsKey(wanted)
                ? pod with { NodeName = wanted }
                : Pending(pod, $"node \"{wanted}\" not found", log);
        int best = Find(pod, out SortedDictionary<string, int> refusals);
        if (best < 0)
            return Pending(pod, Explain(refusals), log);
        Settle(pod, best);
        return pod with { NodeName = _nodes[best].Meta.Name };
    }

    private int Find(Pod pod, out SortedDictionary<string, int> refusals)
    {
        refusals = new SortedDictionary<string, int>(StringComparer.Ordinal);
        OwnerSpread spread = SpreadOf(pod);
        int best = -1;
        (int, int, int) least = default;
        for (int node = 0; node < _nodes.Length; node++)
        {
            if (Refusal(pod, node) is { } reason)
            {
                refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
                continue;
            }
            (int, int, int) load = (spread.OfZone(_zones[node]), spread.OfNode(node), _room[node].Pods);
            if (best < 0 || load.CompareTo(least) < 0)
                (best, least) = (node, load);
        }
        return best;
    }

    // The texts are those of kube-scheduler's plugins, so that they can be searched for.
    private string? Refusal(Pod pod, int number)
    {
        Node node = _nodes[number];
        if (node.Unschedulable)
            return "node(s) were unschedulable";
        foreach (Taint taint in node.Taints)
            if (taint.Effect is "NoSchedule" or "NoExecute" && !pod.Spec.Tolerations.Any(toleration => toleration.Tolerates(taint)))
                return $"node(s) had untolerated taint(s)";
        if (!Selects(pod.Spec, node))
            return "node(s) didn't match Pod's node affinity/selector";
        return _room[number].Refusal(pod.Spec) ?? _rules.Refusal(pod, number);
    }

    private static bool Selects(PodSpec spec, Node node)
    {
        foreach ((string key, string value) in spec.NodeSelector)
            if (node.Meta.Labels.GetValueOrDefault(key) != value)
                return false;
        return spec.NodeAffinityTerms.IsEmpty || spec.NodeAffinityTerms.Any(term => term.Matches(node.Meta.Labels));
    }

    private void Settle(Pod pod, int node)
    {
        _room[node].Take(pod.Spec);
        SpreadOf(pod).Add(node, _zones[node]);
        _rules.Settle(pod, node);
    }

    private OwnerSpread SpreadOf(Pod pod)
    {
        string owner = $"{pod.Meta.Namespace}/{pod.OwnedBy ?? pod.Meta.Name}";
        if (!_spread.TryGetValue(owner, out OwnerSpread? spread))
            _spread.Add(owner, spread = new OwnerSpread());
        return spread;
    }

    private string Explain(SortedDictionary<string, int> refusals) =>
        $"0/{_nodes.Length} nodes are available: "
        + string.Join(", ", refusals.Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Value} {refusal.Key}"))) + ".";

    private static Pod Pending(Pod pod, string reason, ControllerLog log)
    {
        log.Event($"Pod {pod.Meta.FullName}", "FailedScheduling", reason);
        return pod with { NodeName = null, Ready = false, PendingReason = reason };
    }

    /// <summary>Where the pods of one owner are.</summary>
    private sealed class OwnerSpread
    {
        private readonly Dictionary<int, int> _byNode = [];
        private readonly Dictionary<int, int> _byZone = [];

        public int OfNode(int node) => _byNode.GetValueOrDefault(node);

        public int OfZone(int zone) => _byZone.GetValueOrDefault(zone);

        public void Add(int node, int zone)
        {
            _byNode[node] = OfNode(node) + 1;
            _byZone[zone] = OfZone(zone) + 1;
        }
    }

    /// <summary>What is left of a node's resources.</summary>
    private sealed class NodeRoom(Node node)
    {
        private long _milliCpu = node.AllocatableMilliCpu;
        private long _memory = node.AllocatableMemoryBytes;

        public int Pods { get; private set; }

        public string? Refusal(PodSpec spec) =>
            Pods >= node.AllocatablePods ? "Too many pods"
            : spec.RequestedMilliCpu > _milliCpu && spec.RequestedMilliCpu > 0 ? "Insufficient cpu"
            : spec.RequestedMemoryBytes > _memory && spec.RequestedMemoryBytes > 0 ? "Insufficient memory"
            : null;

        public void Take(PodSpec spec)
        {
            Pods++;
            _milliCpu -= spec.RequestedMilliCpu;
            _memory -= spec.RequestedMemoryBytes;
        }
    }
}
