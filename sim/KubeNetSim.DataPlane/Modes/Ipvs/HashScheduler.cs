namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// sh and dh: the address of the source, or of the destination, decides (ip_vs_sh.c, ip_vs_dh.c): it is hashed into one of 256 buckets,
/// which are dealt out to the real servers in turn. All connections to one virtual address therefore share one real server under dh.
/// </summary>
internal sealed class HashScheduler(bool bySource) : IpvsScheduler
{
    // IP_VS_SH_TAB_BITS and IP_VS_DH_TAB_BITS.
    private const int TableBits = 8;

    public override int Pick(in EndpointSet endpoints, in Packet packet) =>
        BucketOf(bySource ? packet.Source : packet.Destination) % endpoints.Count;

    // include/linux/hash.h, hash_32; an IPv6 address is folded into one word.
    private static int BucketOf(IpAddress address)
    {
        UInt128 bits = address.Bits;
        uint folded = (uint)bits ^ (uint)(bits >> 32) ^ (uint)(bits >> 64) ^ (uint)(bits >> 96);
        return (int)((folded * 0x61C88647) >> (32 - TableBits));
    }
}
