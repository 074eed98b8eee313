namespace KubeNetSim.DataPlane.Modes;

/// <summary>The modes that are known. Immutable; whoever adds a mode hands down a list of their own.</summary>
public sealed class ProxyModeList
{
    private readonly ProxyMode[] _modes;

    private ProxyModeList(params ProxyMode[] modes) => _modes = modes;

    /// <summary>The modes of kube-proxy.</summary>
    public static ProxyModeList BuiltIn { get; } = new(new IptablesMode(), new IpvsMode(), new NftablesMode());

    /// <summary>The names of the modes.</summary>
    public IReadOnlyList<string> Names => [.. _modes.Select(mode => mode.Name)];

    /// <summary>The list with one more mode.</summary>
    public ProxyModeList With(ProxyMode mode) => new([.. _modes, mode]);

    /// <summary>The mode of a name.</summary>
    /// <exception cref="ArgumentException">There is no such mode.</exception>
    public ProxyMode Of(string name) => Array.Find(_modes, mode => mode.Name == name)
        ?? throw new ArgumentException($"There is no proxy mode \"{name}\"; there are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>What a node programs for the Services it has seen.</summary>
    /// <param name="services">The Services and endpoints seen.</param>
    /// <param name="node">The node.</param>
    /// <param name="configuration">kube-proxy's configuration there.</param>
    /// <param name="backend">Where iptables rules are written to: decides names and costs, not semantics or work.</param>
    /// <param name="dispatchSeed">Decides the order of the rules (iptables): another for each node and full sync.</param>
    public NodeSnapshot Program(
        ServiceTable services, Node node, KubeProxyConfiguration configuration, IptablesBackend backend, ulong dispatchSeed)
    {
        ProxyMode mode = Of(configuration.Mode);
        return mode.Program(services, new ProxyNode(services, node, configuration, backend, mode), dispatchSeed);
    }
}
