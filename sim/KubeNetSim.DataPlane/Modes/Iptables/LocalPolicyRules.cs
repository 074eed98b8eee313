namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// How the lists of iptables differ from node to node: where a Service with policy Local has endpoints elsewhere but none on the node, its
/// cluster IP moves from the nat list to the filter list, and each of its other addresses has a rule in both. One number for each node,
/// none for each pair of node and Service.
/// </summary>
internal sealed class LocalPolicyRules
{
    private readonly Tally _internal;
    private readonly Tally _external;

    /// <summary>The numbers of a table, counted once for all nodes.</summary>
    public static LocalPolicyRules Of(ServiceTable services) =>
        services.Memo.Get(() => new LocalPolicyRules(services.Ports, services.Names.NodeCount));

    private LocalPolicyRules(IReadOnlyList<ServicePortEntry> ports, int nodes)
    {
        _internal = new Tally(nodes);
        _external = new Tally(nodes);
        foreach (ServicePortEntry port in ports)
        {
            if (!port.HasEndpoints || !port.UsesLocalEndpoints)
                continue;
            int outside = Frontend.KeysOf(port).Count() - 1;
            if (port.IsInternallyLocal)
                _internal.Add(port, rules: 1);
            if (port.IsExternallyLocal && outside > 0)
                _external.Add(port, outside);
        }
    }

    /// <summary>Cluster IPs that a node drops.</summary>
    public int DroppedInternally(IpFamily family, int node) => _internal.MissingAt(family, node);

    /// <summary>Other addresses and node ports that a node drops for clients from outside.</summary>
    public int DroppedExternally(IpFamily family, int node) => _external.MissingAt(family, node);

    private sealed class Tally(int nodes)
    {
        private readonly int[] _rules = new int[2];
        private readonly int[][] _served = [new int[nodes], new int[nodes]];

        public void Add(ServicePortEntry port, int rules)
        {
            _rules[(int)port.Family] += rules;
            int[] served = _served[(int)port.Family];
            foreach (int node in port.Selection.NodesWithReady)
                served[node] += rules;
            foreach (int node in port.Selection.NodesWithTerminating)
                if (port.Selection.LocalReady(node).Count == 0)
                    served[node] += rules;
        }

        public int MissingAt(IpFamily family, int node) =>
            _rules[(int)family] - (node < 0 ? 0 : _served[(int)family][node]);
    }
}
