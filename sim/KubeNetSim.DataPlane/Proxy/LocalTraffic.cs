using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Tells traffic of pods from traffic of others, as <c>detectLocalMode</c> says (pkg/proxy/util/localdetector.go).</summary>
internal sealed class LocalTraffic
{
    private readonly bool _byInterface;
    private readonly ImmutableArray<Cidr> _blocks;

    public LocalTraffic(KubeProxyConfiguration configuration, Node node, ImmutableArray<Cidr> podCidrs)
    {
        _byInterface = configuration.DetectLocalMode is DetectLocalMode.BridgeInterface or DetectLocalMode.InterfaceNamePrefix;
        _blocks = configuration.DetectLocalMode switch
        {
            DetectLocalMode.ClusterCIDR => configuration.ClusterCidrs ?? podCidrs,
            DetectLocalMode.NodeCIDR => node.PodCidrs,
            _ => [],
        };
    }

    /// <summary>Whether there is any way to tell; without one, no rule that needs it is written.</summary>
    public bool CanTell(IpFamily family)
    {
        if (_byInterface)
            return true;
        foreach (Cidr block in _blocks)
            if (block.Family == family)
                return true;
        return false;
    }

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
}
