using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Which addresses are the node's own, and which of them have node ports (pkg/proxy/util/nodeport_addresses.go).</summary>
internal sealed class NodeAddresses
{
    private static readonly IpAddress Loopback = IpAddress.Parse("127.0.0.1");

    private readonly IpAddress[] _own;
    private readonly ProxyMode _mode;
    private readonly bool _localhostNodePorts;
    private readonly bool _primaryOnly;
    private readonly ImmutableArray<Cidr> _nodePortBlocks;
    private readonly int[] _nodePortJumps;

    public NodeAddresses(Node node, KubeProxyConfiguration configuration)
    {
        _own = [.. node.InternalAddresses, .. node.ExternalAddresses];
        _mode = configuration.Mode;
        _localhostNodePorts = configuration.LocalhostNodePorts;
        _nodePortBlocks = configuration.NodePortAddresses;
        // Only nftables mode starts from the primary address (KEP-3866); the older modes take every local address.
        _primaryOnly = configuration.NodePortsOnPrimaryOnly || (_mode == ProxyMode.Nftables && _nodePortBlocks.IsEmpty);
        _nodePortJumps = [NodePortMatches(IpFamily.IPv4).Count(), NodePortMatches(IpFamily.IPv6).Count()];
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

    /// <summary>Whether any of the node's own addresses lies in any of the blocks: then the node counts as an allowed source.</summary>
    public bool IsAnyIn(ImmutableArray<Cidr> blocks)
    {
        foreach (IpAddress own in _own)
            foreach (Cidr block in blocks)
                if (block.Contains(own))
                    return true;
        return false;
    }

    /// <summary>Whether node ports exist at this address of the node.</summary>
    public bool HasNodePorts(IpAddress own)
    {
        if (own.IsLoopback && !(own.Family == IpFamily.IPv4 && _mode == ProxyMode.Iptables && _localhostNodePorts))
            return false;
        return _primaryOnly ? own == Primary(own.Family) : IsInNodePortBlocks(own);
    }

    /// <summary>How many rules of iptables lead to the node ports: one for all local addresses, or one for each address chosen.</summary>
    public int NodePortJumps(IpFamily family) => _nodePortJumps[(int)family];

    /// <summary>What those rules match.</summary>
    public IEnumerable<string> NodePortMatches(IpFamily family)
    {
        if (!MatchesEveryAddress(family))
            return ChosenForNodePorts(family).Select(address => $"-d {address}");
        string except = family == IpFamily.IPv6 ? " ! -d ::1/128" : HasNodePorts(Loopback) ? "" : " ! -d 127.0.0.0/8";
        return ["-m addrtype --dst-type LOCAL" + except];
    }

    /// <summary>Whether node ports exist on 127.0.0.1, which needs a guard against packets that come from elsewhere.</summary>
    public bool HasNodePortsOnLoopback => HasNodePorts(Loopback);

    /// <summary>The node's own addresses that have node ports.</summary>
    public IEnumerable<IpAddress> ChosenForNodePorts(IpFamily family) =>
        _own.Where(address => address.Family == family && HasNodePorts(address))
            .Concat(family == IpFamily.IPv4 && HasNodePortsOnLoopback ? [Loopback] : []);

    /// <summary>The node's first address of a family; null where it has none.</summary>
    public IpAddress? Primary(IpFamily family)
    {
        foreach (IpAddress own in _own)
            if (own.Family == family)
                return own;
        return null;
    }

    private bool MatchesEveryAddress(IpFamily family) => !_primaryOnly && !HasBlocks(family);

    // Blocks of the other family say nothing about this one: then every address counts.
    private bool IsInNodePortBlocks(IpAddress own)
    {
        if (!HasBlocks(own.Family))
            return true;
        foreach (Cidr block in _nodePortBlocks)
            if (block.Contains(own))
                return true;
        return false;
    }

    private bool HasBlocks(IpFamily family)
    {
        foreach (Cidr block in _nodePortBlocks)
            if (block.Family == family)
                return true;
        return false;
    }
}
