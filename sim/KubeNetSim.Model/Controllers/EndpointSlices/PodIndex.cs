namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>Pods by label, so that finding those of a Service does not look at all of them.</summary>
internal sealed class PodIndex
{
    private readonly IReadOnlyList<Pod> _pods;
    private readonly Dictionary<(string Namespace, string Key, string Value), List<int>> _byLabel = [];
    private readonly Dictionary<string, List<int>> _byNamespace = [];

    public PodIndex(IReadOnlyList<Pod> pods)
    {
        _pods = pods;
        for (int pod = 0; pod < pods.Count; pod++)
        {
            ObjectMeta meta = pods[pod].Meta;
            Add(_byNamespace, meta.Namespace, pod);
            foreach ((string key, string value) in meta.Labels)
                Add(_byLabel, (meta.Namespace, key, value), pod);
        }
    }

    /// <summary>Pods of a namespace that match, in order.</summary>
    public List<Pod> Matching(string space, LabelSelector selector)
    {
        if (!_byNamespace.TryGetValue(space, out List<int>? candidates))
            return [];
        foreach (LabelRequirement requirement in selector.Requirements)
            if (requirement is { Operator: LabelOperator.In, Values.Length: 1 })
            {
                if (!_byLabel.TryGetValue((space, requirement.Key, requirement.Values[0]), out List<int>? having))
                    return [];
                if (having.Count < candidates.Count)
                    candidates = having;
            }
        List<Pod> matching = new(candidates.Count);
        foreach (int pod in candidates)
            if (selector.Matches(_pods[pod].Meta.Labels))
                matching.Add(_pods[pod]);
        return matching;
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> index, TKey key, int pod)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<int>? pods))
            index.Add(key, pods = []);
        pods.Add(pod);
    }
}
