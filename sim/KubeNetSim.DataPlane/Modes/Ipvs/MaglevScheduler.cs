namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// mh: Maglev hashing by source address and port (ip_vs_mh.c with mh-port, as kube-proxy sets it; Eisenbud et al., "Maglev", NSDI 2016): every real server fills a table in an order
/// of its own, so that a change of the set moves few clients. The kernel's algorithm and table size, with another hash function.
/// </summary>
internal sealed class MaglevScheduler : IpvsScheduler
{
    // The prime of CONFIG_IP_VS_MH_TAB_INDEX 12, the kernel's default.
    private const int TableSize = 4093;

    private EndpointSet _filledFor;
    private int[] _table = [];

    public override int Pick(in EndpointSet endpoints, in Packet packet)
    {
        if (_table.Length == 0 || !_filledFor.IsSameWindow(endpoints))
            (_filledFor, _table) = (endpoints, Fill(endpoints));
        return _table[(int)(HashOf(packet.Source, packet.SourcePort) % TableSize)];
    }

    private static int[] Fill(in EndpointSet endpoints)
    {
        int[] table = new int[TableSize];
        Array.Fill(table, -1);
        (int Next, int Skip)[] orders = new (int, int)[endpoints.Count];
        for (int i = 0; i < orders.Length; i++)
        {
            ulong hash = HashOf(endpoints[i].Address, endpoints[i].Port);
            orders[i] = ((int)(hash % TableSize), (int)(SplitMix64.Mix(hash) % (TableSize - 1)) + 1);
        }
        for (int filled = 0; ;)
            for (int i = 0; i < orders.Length; i++)
            {
                while (table[orders[i].Next] >= 0)
                    orders[i].Next = (orders[i].Next + orders[i].Skip) % TableSize;
                table[orders[i].Next] = i;
                if (++filled == TableSize)
                    return table;
            }
    }

    private static ulong HashOf(IpAddress address, int port) =>
        SplitMix64.Mix((ulong)address.Bits ^ (ulong)(address.Bits >> 64) ^ ((ulong)port << 48));
}
