namespace KubeNetSim.Simulation.Running;

/// <summary>All nodes over time: their counters are read at the end of each interval, so that packets cost nothing more.</summary>
internal sealed class NodesSeries(NodeState[] nodes, int intervals)
{
    private readonly double[][] _packetShares = Rows(nodes.Length, intervals);
    private readonly double[][] _ruleShares = Rows(nodes.Length, intervals);
    private readonly (long BusyNs, long RuleNs)[] _before = new (long, long)[nodes.Length];

    /// <summary>An interval of this length has ended.</summary>
    public void Sample(int interval, long lengthNs)
    {
        for (int node = 0; node < nodes.Length; node++)
        {
            double capacity = Math.Max(1.0, (double)lengthNs * nodes[node].PacketCores);
            (long busy, long rules) = (nodes[node].BusyNs, nodes[node].RuleNs);
            _packetShares[node][interval] = (busy - _before[node].BusyNs) / capacity;
            _ruleShares[node][interval] = (rules - _before[node].RuleNs) / capacity;
            _before[node] = (busy, rules);
        }
    }

    /// <summary>The finished records, in cluster order.</summary>
    public IEnumerable<NodeSeriesRecord> ToRecords() =>
        nodes.Select((_, node) => new NodeSeriesRecord([.. _packetShares[node]], [.. _ruleShares[node]]));

    private static double[][] Rows(int count, int length)
    {
        double[][] rows = new double[count][];
        for (int row = 0; row < count; row++)
            rows[row] = new double[length];
        return rows;
    }
}
