using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Rules about where other pods are: required anti-affinity, both ways, and hard topology spread. Counts are kept for each rule that
/// any pod has, so that placing a pod does not look at all others.
/// </summary>
internal sealed class PlacementRules(ImmutableArray<Node> nodes)
{
    private readonly List<AntiAffinityCount> _antiAffinities = [];
    private readonly List<SpreadCount> _spreads = [];
    private readonly HashSet<(string Namespace, PodSpec Spec)> _seen = [];

    /// <summary>Finds the rules that pods have. Pods of one controller share one specification, and so its rules.</summary>
    public void Learn(ImmutableArray<Pod> pods)
    {
        foreach (Pod pod in pods)
        {
            if ((pod.Spec.AntiAffinity.IsEmpty && pod.Spec.TopologySpread.IsEmpty) || !_seen.Add((pod.Meta.Namespace, pod.Spec)))
                continue;
            foreach (PodAntiAffinityTerm term in pod.Spec.AntiAffinity.Where(term => term.Required))
                _antiAffinities.Add(new AntiAffinityCount(pod.Meta.Namespace, pod.Spec, term));
            foreach (TopologySpreadConstraint constraint in pod.Spec.TopologySpread.Where(constraint => constraint.DoNotSchedule))
                _spreads.Add(new SpreadCount(pod.Meta.Namespace, pod.Spec, constraint, [.. nodes.Select(node => Domain(node, constraint.TopologyKey)).OfType<string>().Distinct()]));
        }
    }

    /// <summary>Why the pod must not run on the node; null where it may.</summary>
    public string? Refusal(Pod pod, int number)
    {
        foreach (AntiAffinityCount rule in _antiAffinities)
            if (rule.Forbids(pod, Domain(nodes[number], rule.Term.TopologyKey)))
                return "node(s) didn't match pod anti-affinity rules";
        foreach (SpreadCount rule in _spreads)
            if (rule.IsOf(pod))
            {
                if (Domain(nodes[number], rule.Constraint.TopologyKey) is not { } domain)
                    return "node(s) didn't match pod topology spread constraints (missing required label)";
                if (rule.Forbids(pod, domain))
                    return "node(s) didn't match pod topology spread constraints";
            }
        return null;
    }

    /// <summary>The pod runs on the node.</summary>
    public void Settle(Pod pod, int number)
    {
        foreach (AntiAffinityCount rule in _antiAffinities)
            rule.Settle(pod, Domain(nodes[number], rule.Term.TopologyKey));
        foreach (SpreadCount rule in _spreads)
            rule.Settle(pod, Domain(nodes[number], rule.Constraint.TopologyKey));
    }

    private static string? Domain(Node node, string topologyKey) => node.Meta.Labels.GetValueOrDefault(topologyKey);

    private sealed class AntiAffinityCount(string space, PodSpec spec, PodAntiAffinityTerm term)
    {
        private readonly HashSet<string> _withMatching = [];
        private readonly HashSet<string> _withOwners = [];

        public PodAntiAffinityTerm Term => term;

        public bool Forbids(Pod pod, string? domain) =>
            domain is not null && ((IsOf(pod) && _withMatching.Contains(domain)) || (Matches(pod) && _withOwners.Contains(domain)));

        public void Settle(Pod pod, string? domain)
        {
            if (domain is null)
                return;
            if (Matches(pod))
                _withMatching.Add(domain);
            if (IsOf(pod))
                _withOwners.Add(domain);
        }

        private bool IsOf(Pod pod) => pod.Meta.Namespace == space && pod.Spec.Equals(spec);

        private bool Matches(Pod pod) => pod.Meta.Namespace == space && term.Selector.Matches(pod.Meta.Labels);
    }

    private sealed class SpreadCount
    {
        private readonly string _space;
        private readonly PodSpec _spec;
        private readonly Dictionary<string, int> _counts;

        public SpreadCount(string space, PodSpec spec, TopologySpreadConstraint constraint, ImmutableArray<string> domains)
        {
            _space = space;
            _spec = spec;
            Constraint = constraint;
            _counts = domains.ToDictionary(domain => domain, _ => 0, StringComparer.Ordinal);
        }

        public TopologySpreadConstraint Constraint { get; }

        public bool IsOf(Pod pod) => pod.Meta.Namespace == _space && pod.Spec.Equals(_spec);

        public bool Forbids(Pod pod, string domain)
        {
            int self = Constraint.Selector.Matches(pod.Meta.Labels) ? 1 : 0;
            return _counts[domain] + self - _counts.Values.Min() > Constraint.MaxSkew;
        }

        public void Settle(Pod pod, string? domain)
        {
            if (domain is not null && pod.Meta.Namespace == _space && Constraint.Selector.Matches(pod.Meta.Labels))
                _counts[domain] = _counts.GetValueOrDefault(domain) + 1;
        }
    }
}
