using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Proxy;

/// <summary>Tells traffic of pods from traffic of others, as <c>detectLocalMode</c> says (pkg/proxy/util/localdetector.go).</summary>
internal sealed class LocalTraffic
{
    private readonly bool _byInterface;
    private readonly string _interface;
    private readonly ImmutableArray<Cidr> _blocks;
    private readonly bool _canTellIPv4;
    private readonly bool _canTellIPv6;

    public LocalTraffic(KubeProxyConfiguration configuration, Node node, ImmutableArray<Cidr> podCidrs)
    {
        _byInterface = configuration.DetectLocalMode is DetectLocalMode.BridgeInterface or DetectLocalMode.InterfaceNamePrefix;
        // The names do not matter to the simulator, which knows pods when it sees them; they stand in the rules.
        _interface = (configuration.DetectLocalMode, configuration.LocalInterface) switch
        {
            (DetectLocalMode.BridgeInterface, "") => "cni0",
            (DetectLocalMode.BridgeInterface, { } bridge) => bridge,
            (_, "") => "veth+",
            (_, { } prefix) => prefix + "+",
        };
        _blocks = configuration.DetectLocalMode switch
        {
            DetectLocalMode.ClusterCIDR => configuration.ClusterCidrs ?? podCidrs,
            DetectLocalMode.NodeCIDR => node.PodCidrs,
            _ => [],
        };
        _canTellIPv4 = _byInterface || _blocks.Any(block => block.Family == IpFamily.IPv4);
        _canTellIPv6 = _byInterface || _blocks.Any(block => block.Family == IpFamily.IPv6);
    }

    /// <summary>Whether there is any way to tell; without one, no rule that needs it is written.</summary>
    public bool CanTell(IpFamily family) => family == IpFamily.IPv4 ? _canTellIPv4 : _canTellIPv6;

    /// <summary>Whether the packet counts as sent by a pod.</summary>
    public bool Matches(in Packet packet)
    {
        if (_byInterface)
            return packet.From == PacketSource.Pod;
        foreach (Cidr block in _blocks)
            if (block.Contains(packet.Source))
                return true;
        return false;
    }

    /// <summary>The match of an iptables rule for (or against) traffic of pods of a family (pkg/proxy/util/localdetector.go).</summary>
    public string IptablesMatch(IpFamily family, bool negated) =>
        (negated ? "! " : "") + (_byInterface ? $"-i {_interface}" : $"-s {BlockOf(family)}");

    /// <summary>The same as a match of nftables.</summary>
    public string NftablesMatch(IpFamily family, bool negated)
    {
        string not = negated ? "!= " : "";
        string ip = family == IpFamily.IPv4 ? "ip" : "ip6";
        return _byInterface ? $"iifname {not}\"{_interface.Replace('+', '*')}\"" : $"{ip} saddr {not}{BlockOf(family)}";
    }

    private Cidr BlockOf(IpFamily family) => _blocks.First(block => block.Family == family);
}
