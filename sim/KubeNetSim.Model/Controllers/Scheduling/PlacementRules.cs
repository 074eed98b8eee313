using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// Rules about where other pods are: required anti-affinity, both ways, and hard topology spread. What a rule needs to know is counted as
/// pods settle, and rules are found by a label that they ask for, so that placing a pod looks neither at all pods nor at all rules.
/// </summary>
internal sealed class PlacementRules(ImmutableArray<Node> nodes)
{
    private readonly Dictionary<(string Namespace, PodAntiAffinityTerm Term), AntiAffinityRule> _antiAffinities = [];
    private readonly Dictionary<SpreadKey, SpreadRule> _spreads = [];
    private readonly RulesByLabel<AntiAffinityRule> _antiAffinitiesByLabel = new();
    private readonly RulesByLabel<SpreadRule> _spreadsByLabel = new();
    private readonly SpreadDomains _domains = new(nodes);

    /// <summary>Whether some pod spreads: the only rule that refuses a node at one time and not later.</summary>
    public bool HaveSpread => _spreads.Count > 0;

    /// <summary>Finds the rules that pods have. Pods of one controller share the terms of its template.</summary>
    public void Learn(ImmutableArray<Pod> pods)
    {
        foreach (Pod pod in pods)
        {
            foreach (PodAntiAffinityTerm term in pod.Spec.AntiAffinity)
                if (term.Required && !_antiAffinities.ContainsKey((pod.Meta.Namespace, term)))
                {
                    AntiAffinityRule rule = new(term);
                    _antiAffinities.Add((pod.Meta.Namespace, term), rule);
                    _antiAffinitiesByLabel.Add(pod.Meta.Namespace, term.Selector, rule);
                }
            foreach (TopologySpreadConstraint constraint in pod.Spec.TopologySpread)
                if (constraint.DoNotSchedule && !_spreads.ContainsKey(SpreadKey.Of(pod, constraint)))
                {
                    SpreadRule rule = new(pod.Spec, constraint, _domains.Of(pod.Spec, constraint));
                    _spreads.Add(SpreadKey.Of(pod, constraint), rule);
                    _spreadsByLabel.Add(pod.Meta.Namespace, constraint.Selector, rule);
                }
        }
    }

    /// <summary>Why the pod must not run on the node, in the words of PodTopologySpread and InterPodAffinity; null where it may.</summary>
    public string? Refusal(Pod pod, int number)
    {
        Node node = nodes[number];
        foreach (TopologySpreadConstraint constraint in pod.Spec.TopologySpread)
            if (constraint.DoNotSchedule && _spreads[SpreadKey.Of(pod, constraint)].Refusal(pod, node) is { } refusal)
                return refusal;
        foreach (PodAntiAffinityTerm term in pod.Spec.AntiAffinity)
            if (term.Required && _antiAffinities[(pod.Meta.Namespace, term)].HasMatching(node))
                return "node(s) didn't match pod anti-affinity rules";
        if (_antiAffinities.Count > 0)
            foreach (AntiAffinityRule rule in _antiAffinitiesByLabel.Matching(pod))
                if (rule.HasOwner(node))
                    return "node(s) didn't satisfy existing pods anti-affinity rules";
        return null;
    }

    /// <summary>The pod runs on the node.</summary>
    public void Settle(Pod pod, int number)
    {
        if (_antiAffinities.Count > 0)
        {
            foreach (AntiAffinityRule rule in _antiAffinitiesByLabel.Matching(pod))
                rule.AddMatching(nodes[number]);
            foreach (PodAntiAffinityTerm term in pod.Spec.AntiAffinity)
                if (term.Required)
                    _antiAffinities[(pod.Meta.Namespace, term)].AddOwner(nodes[number]);
        }
        if (_spreads.Count > 0)
            foreach (SpreadRule rule in _spreadsByLabel.Matching(pod))
                rule.Add(nodes[number]);
    }

    /// <summary>A constraint together with what decides which nodes it counts.</summary>
    private readonly record struct SpreadKey(
        string Namespace,
        TopologySpreadConstraint Constraint,
        ImmutableSortedDictionary<string, string> NodeSelector,
        ImmutableArray<LabelSelector> NodeAffinityTerms,
        ImmutableArray<TopologySpreadConstraint> All)
    {
        public static SpreadKey Of(Pod pod, TopologySpreadConstraint constraint) => new(
            pod.Meta.Namespace, constraint, pod.Spec.NodeSelector, pod.Spec.NodeAffinityTerms, pod.Spec.TopologySpread);
    }
}
