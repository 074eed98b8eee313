using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Which addresses are the node's own, and which of them have node ports (pkg/proxy/util/nodeport_addresses.go).</summary>
internal sealed class NodeAddresses
{
    private static readonly IpAddress Loopback = IpAddress.Parse("127.0.0.1");

    private readonly IpAddress[] _own;
    private readonly bool[] _matchesEvery;
    private readonly IpAddress[][] _withNodePorts;

    public NodeAddresses(Node node, KubeProxyConfiguration configuration)
    {
        _own = [.. node.InternalAddresses, .. node.ExternalAddresses];
        ImmutableArray<Cidr> blocks = configuration.NodePortAddresses;
        // Only nftables mode starts from the primary address (KEP-3866); the older modes take every local address.
        bool primaryOnly = configuration.NodePortsOnPrimaryOnly || (configuration.Mode == ProxyMode.Nftables && blocks.IsEmpty);
        _matchesEvery = [.. BothFamilies.Select(family => !primaryOnly && IsEveryAddress(blocks, family))];
        _withNodePorts = [.. BothFamilies.Select(family => Local(family, configuration)
            .Where(address => primaryOnly ? address == Primary(family) : MatchesEveryAddress(family) || IsInAny(blocks, address)).ToArray())];
    }

    /// <summary>The families of its addresses.</summary>
    public IEnumerable<IpFamily> Families => _own.Select(own => own.Family).Distinct();

    /// <summary>Whether a packet to the address is for the node itself.</summary>
    public bool IsOwn(IpAddress address)
    {
        if (address.IsLoopback)
            return true;
        foreach (IpAddress own in _own)
            if (own == address)
                return true;
        return false;
    }

    /// <summary>Whether the node's first address of their family lies in any of the blocks: then the node counts as an allowed source.</summary>
    public bool IsPrimaryIn(ImmutableArray<Cidr> blocks)
    {
        foreach (Cidr block in blocks)
            if (Primary(block.Family) is { } primary && block.Contains(primary))
                return true;
        return false;
    }

    /// <summary>Whether node ports exist at this address of the node.</summary>
    public bool HasNodePorts(IpAddress own) => NodePortPlace(own) >= 0;

    /// <summary>Which of the rules that lead to the node ports matches this address of the node, from 0; -1 where it has no node ports.</summary>
    public int NodePortPlace(IpAddress own)
    {
        IpAddress[] addresses = _withNodePorts[(int)own.Family];
        if (!MatchesEveryAddress(own.Family))
            return Array.IndexOf(addresses, own);
        return own.IsLoopback && !Array.Exists(addresses, address => address.IsLoopback) ? -1 : 0;
    }

    /// <summary>Whether one rule leads all local addresses to the node ports.</summary>
    public bool MatchesEveryAddress(IpFamily family) => _matchesEvery[(int)family];

    /// <summary>How many rules of iptables lead to the node ports: one for all local addresses, or one for each address chosen.</summary>
    public int NodePortJumps(IpFamily family) => MatchesEveryAddress(family) ? 1 : _withNodePorts[(int)family].Length;

    /// <summary>What those rules match.</summary>
    public IEnumerable<string> NodePortMatches(IpFamily family)
    {
        if (!MatchesEveryAddress(family))
            return WithNodePorts(family).Select(address => $"-d {address}");
        string except = family == IpFamily.IPv6 ? " ! -d ::1/128" : HasNodePortsOnLoopback ? "" : " ! -d 127.0.0.0/8";
        return ["-m addrtype --dst-type LOCAL" + except];
    }

    /// <summary>Whether node ports exist on 127.0.0.1, which needs a guard against packets that come from elsewhere.</summary>
    public bool HasNodePortsOnLoopback => HasNodePorts(Loopback);

    /// <summary>The node's own addresses that have node ports.</summary>
    public IReadOnlyList<IpAddress> WithNodePorts(IpFamily family) => _withNodePorts[(int)family];

    private static IpFamily[] BothFamilies => [IpFamily.IPv4, IpFamily.IPv6];

    private IpAddress? Primary(IpFamily family)
    {
        foreach (IpAddress own in _own)
            if (own.Family == family)
                return own;
        return null;
    }

    // Loopback counts only where the kernel lets packets from there out: IPv4 with route_localnet, which only iptables mode sets.
    private IEnumerable<IpAddress> Local(IpFamily family, KubeProxyConfiguration configuration) => _own
        .Where(address => address.Family == family)
        .Concat(family == IpFamily.IPv4 && configuration is { Mode: ProxyMode.Iptables, LocalhostNodePorts: true } ? [Loopback] : []);

    // Blocks of the other family say nothing about this one: then every address counts.
    private static bool IsEveryAddress(ImmutableArray<Cidr> blocks, IpFamily family) =>
        blocks.Where(block => block.Family == family) is var own && (!own.Any() || own.Any(block => block.PrefixLength == 0));

    private static bool IsInAny(ImmutableArray<Cidr> blocks, IpAddress address) => blocks.Any(block => block.Contains(address));
}
