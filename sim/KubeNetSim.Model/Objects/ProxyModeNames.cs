using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>The modes that kube-proxy has on Linux, as <c>mode</c> of a KubeProxyConfiguration writes them.</summary>
public static class ProxyModeNames
{
    /// <summary>Rules in lists, compared one after the other: O(n) in Services.</summary>
    public const string Iptables = "iptables";

    /// <summary>The kernel's virtual server: a hash look-up, then a scheduler.</summary>
    public const string Ipvs = "ipvs";

    /// <summary>Verdict maps: one look-up whatever the number of Services (KEP-3866).</summary>
    public const string Nftables = "nftables";

    /// <summary>All of them, kube-proxy's default first.</summary>
    public static ImmutableArray<string> All { get; } = [Iptables, Ipvs, Nftables];
}
