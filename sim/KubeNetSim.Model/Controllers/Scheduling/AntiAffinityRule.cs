namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// A required anti-affinity term. It holds both ways (plugin InterPodAffinity): its owners keep away from pods that match, and pods that
/// match are kept away from its owners. Without a value for the topology key a node is in no domain, and nothing holds there.
/// </summary>
internal sealed class AntiAffinityRule(PodAntiAffinityTerm term)
{
    private readonly HashSet<string> _withMatching = [];
    private readonly HashSet<string> _withOwners = [];

    public bool HasMatching(Node node) => DomainOf(node) is { } domain && _withMatching.Contains(domain);

    public bool HasOwner(Node node) => DomainOf(node) is { } domain && _withOwners.Contains(domain);

    public void AddMatching(Node node)
    {
        if (DomainOf(node) is { } domain)
            _withMatching.Add(domain);
    }

    public void AddOwner(Node node)
    {
        if (DomainOf(node) is { } domain)
            _withOwners.Add(domain);
    }

    private string? DomainOf(Node node) => node.Meta.Labels.GetValueOrDefault(term.TopologyKey);
}
