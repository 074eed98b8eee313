namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// Things with a label selector, found by one label that the selector asks for, so that a pod meets only those that may match it.
/// </summary>
internal sealed class RulesByLabel<TRule>
{
    private readonly Dictionary<(string Namespace, string Key, string Value), List<(LabelSelector, TRule)>> _byLabel = [];
    private readonly Dictionary<string, List<(LabelSelector, TRule)>> _others = [];

    public void Add(string space, LabelSelector selector, TRule rule)
    {
        foreach (LabelRequirement requirement in selector.Requirements)
            if (requirement is { Operator: LabelOperator.In, Values.Length: 1 })
            {
                AddTo(_byLabel, (space, requirement.Key, requirement.Values[0]), selector, rule);
                return;
            }
        AddTo(_others, space, selector, rule);
    }

    /// <summary>Those whose selector matches the pod's labels, in an order that depends on the pod and the order of adding only.</summary>
    public IEnumerable<TRule> Matching(Pod pod)
    {
        foreach ((string key, string value) in pod.Meta.Labels)
            if (_byLabel.TryGetValue((pod.Meta.Namespace, key, value), out List<(LabelSelector, TRule)>? having))
                foreach ((LabelSelector selector, TRule rule) in having)
                    if (selector.Matches(pod.Meta.Labels))
                        yield return rule;
        if (_others.TryGetValue(pod.Meta.Namespace, out List<(LabelSelector, TRule)>? others))
            foreach ((LabelSelector selector, TRule rule) in others)
                if (selector.Matches(pod.Meta.Labels))
                    yield return rule;
    }

    private static void AddTo<TKey>(Dictionary<TKey, List<(LabelSelector, TRule)>> index, TKey key, LabelSelector selector, TRule rule)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<(LabelSelector, TRule)>? rules))
            index.Add(key, rules = []);
        rules.Add((selector, rule));
    }
}
