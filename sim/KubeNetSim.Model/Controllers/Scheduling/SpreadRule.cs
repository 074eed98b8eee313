using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// A hard topology spread constraint (plugin PodTopologySpread): pods in the node's domain, with this one, minus those in the emptiest
/// domain, must not exceed maxSkew. Only nodes count that the pod selects and that have the key of each of its constraints.
/// </summary>
internal sealed class SpreadRule
{
    private readonly PodSpec _spec;
    private readonly TopologySpreadConstraint _constraint;
    private readonly Dictionary<string, int> _counts;
    private int _least;
    private int _domainsWithLeast;

    public SpreadRule(PodSpec spec, TopologySpreadConstraint constraint, ImmutableArray<string> domains)
    {
        _spec = spec;
        _constraint = constraint;
        _counts = domains.ToDictionary(domain => domain, _ => 0, StringComparer.Ordinal);
        _domainsWithLeast = domains.Length;
    }

    /// <summary>Why the pod must not run on the node; null where it may.</summary>
    public string? Refusal(Pod pod, Node node)
    {
        if (node.Meta.Labels.GetValueOrDefault(_constraint.TopologyKey) is not { } domain)
            return "node(s) didn't match pod topology spread constraints (missing required label)";
        int self = _constraint.Selector.Matches(pod.Meta.Labels) ? 1 : 0;
        return _counts.GetValueOrDefault(domain) + self - _least > _constraint.MaxSkew
            ? "node(s) didn't match pod topology spread constraints" : null;
    }

    /// <summary>A pod that the constraint counts runs on the node.</summary>
    public void Add(Node node)
    {
        if (!SpreadDomains.Counts(_spec, node) || !_counts.TryGetValue(node.Meta.Labels[_constraint.TopologyKey], out int count))
            return;
        _counts[node.Meta.Labels[_constraint.TopologyKey]] = count + 1;
        // Counts only grow, so the least one changes only when the last domain that has it gets a pod.
        if (count != _least || --_domainsWithLeast > 0)
            return;
        _least++;
        foreach (int other in _counts.Values)
            if (other == _least)
                _domainsWithLeast++;
    }
}

/// <summary>The domains of spread constraints, found once for all pods that select the same nodes and spread by the same keys.</summary>
internal sealed class SpreadDomains(ImmutableArray<Node> nodes)
{
    private readonly Dictionary<string, ImmutableArray<string>> _ofKeys = [];

    /// <summary>The domains of a constraint among the nodes that count for it.</summary>
    public ImmutableArray<string> Of(PodSpec spec, TopologySpreadConstraint constraint)
    {
        string keys = $"{PodClass.SelectionOf(spec)} {constraint.TopologyKey} "
            + $"{string.Join(' ', spec.TopologySpread.Where(other => other.DoNotSchedule).Select(other => other.TopologyKey))}";
        if (!_ofKeys.TryGetValue(keys, out ImmutableArray<string> domains))
            _ofKeys.Add(keys, domains = Find(spec, constraint.TopologyKey));
        return domains;
    }

    /// <summary>Whether pods on the node count: nodeAffinityPolicy Honor, nodeTaintsPolicy Ignore, the defaults.</summary>
    public static bool Counts(PodSpec spec, Node node)
    {
        foreach (TopologySpreadConstraint constraint in spec.TopologySpread)
            if (constraint.DoNotSchedule && !node.Meta.Labels.ContainsKey(constraint.TopologyKey))
                return false;
        return NodeFilters.Selects(spec, node);
    }

    private ImmutableArray<string> Find(PodSpec spec, string key) =>
        [.. nodes.Where(node => Counts(spec, node)).Select(node => node.Meta.Labels[key]).Distinct(StringComparer.Ordinal)];
}
