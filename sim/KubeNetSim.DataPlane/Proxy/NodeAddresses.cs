using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Proxy;

/// <summary>Which addresses are the node's own, and which of them have node ports (pkg/proxy/util/nodeport_addresses.go).</summary>
internal sealed class NodeAddresses
{
    private static readonly IpAddress Loopback = IpAddress.Parse("127.0.0.1");

    private readonly IpAddress[] _own;
    private readonly (bool IPv4, bool IPv6) _matchesEvery;
    private readonly (IpAddress[] IPv4, IpAddress[] IPv6) _withNodePorts;

    public NodeAddresses(Node node, KubeProxyConfiguration configuration, ProxyMode mode)
    {
        _own = [.. node.InternalAddresses, .. node.ExternalAddresses];
        ImmutableArray<Cidr> blocks = configuration.NodePortAddresses;
        bool primaryOnly = configuration.NodePortsOnPrimaryOnly || (mode.HasNodePortsOnPrimaryOnly && blocks.IsEmpty);
        if (!primaryOnly)
            _matchesEvery = (IsEveryAddress(blocks, IpFamily.IPv4), IsEveryAddress(blocks, IpFamily.IPv6));
        HasNodePortsOnLoopback = mode.HasNodePortsOnLoopback && configuration.LocalhostNodePorts && !primaryOnly
            && (_matchesEvery.IPv4 || IsInAny(blocks, Loopback));
        _withNodePorts = (Chosen(IpFamily.IPv4, blocks, primaryOnly), Chosen(IpFamily.IPv6, blocks, primaryOnly));
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
        if (!MatchesEveryAddress(own.Family))
            return Array.IndexOf(WithNodePorts(own.Family), own);
        return own.IsLoopback && !(own.Family == IpFamily.IPv4 && HasNodePortsOnLoopback) ? -1 : 0;
    }

    /// <summary>Whether one rule leads all local addresses to the node ports.</summary>
    public bool MatchesEveryAddress(IpFamily family) => family == IpFamily.IPv4 ? _matchesEvery.IPv4 : _matchesEvery.IPv6;

    /// <summary>
    /// Whether kube-proxy answers health checks of Services at this address: at every one that packets are taken in for, or only where there
    /// are node ports, too (pkg/proxy/healthcheck/service_health.go).
    /// </summary>
    public bool HasHealthChecks(IpAddress address, bool isOwn) =>
        MatchesEveryAddress(address.Family) || (isOwn && HasNodePorts(address));

    /// <summary>How many rules of iptables lead to the node ports: one for all local addresses, or one for each address chosen.</summary>
    public int NodePortJumps(IpFamily family) => MatchesEveryAddress(family) ? 1 : WithNodePorts(family).Length;

    /// <summary>What those rules match.</summary>
    public IEnumerable<string> NodePortMatches(IpFamily family)
    {
        if (!MatchesEveryAddress(family))
            return WithNodePorts(family).Select(address => $"-d {address}");
        string except = family == IpFamily.IPv6 ? " ! -d ::1/128" : HasNodePortsOnLoopback ? "" : " ! -d 127.0.0.0/8";
        return ["-m addrtype --dst-type LOCAL" + except];
    }

    /// <summary>Whether node ports exist on 127.0.0.1, which needs a guard against packets that come from elsewhere.</summary>
    public bool HasNodePortsOnLoopback { get; }

    /// <summary>The node's own addresses that have node ports.</summary>
    public IpAddress[] WithNodePorts(IpFamily family) => family == IpFamily.IPv4 ? _withNodePorts.IPv4 : _withNodePorts.IPv6;

    private IpAddress[] Chosen(IpFamily family, ImmutableArray<Cidr> blocks, bool primaryOnly)
    {
        List<IpAddress> chosen = [];
        foreach (IpAddress own in _own)
            if (own.Family == family && (primaryOnly ? chosen.Count == 0 : MatchesEveryAddress(family) || IsInAny(blocks, own)))
                chosen.Add(own);
        if (family == IpFamily.IPv4 && HasNodePortsOnLoopback)
            chosen.Add(Loopback);
        return [.. chosen];
    }

    private IpAddress? Primary(IpFamily family)
    {
        foreach (IpAddress own in _own)
            if (own.Family == family)
                return own;
        return null;
    }

    // Blocks of the other family say nothing about this one: then every address counts.
    private static bool IsEveryAddress(ImmutableArray<Cidr> blocks, IpFamily family)
    {
        bool hasOwn = false;
        foreach (Cidr block in blocks)
            if (block.Family == family && block.PrefixLength == 0)
                return true;
            else
                hasOwn |= block.Family == family;
        return !hasOwn;
    }

    private static bool IsInAny(ImmutableArray<Cidr> blocks, IpAddress address)
    {
        foreach (Cidr block in blocks)
            if (block.Contains(address))
                return true;
        return false;
    }
}
