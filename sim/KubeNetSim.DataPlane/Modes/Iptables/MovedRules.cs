namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// The rules of one node, for one family, that have another place than on other nodes: Services with policy Local that have endpoints
/// elsewhere and none here. Their cluster IPs move from the nat list to the end of the filter list, and each of their other addresses
/// has a rule in both lists.
/// </summary>
internal sealed class MovedRules
{
    private readonly int[] _goneFromNat;
    private readonly int[] _droppedInternally;
    private readonly int[] _droppedExternally;
    private readonly int _refusedInternally;
    private readonly int _refusedExternally;

    public MovedRules(IptablesSnapshot snapshot, IpFamily family)
    {
        RuleLists rules = snapshot.Lists;
        FrontendTable frontends = snapshot.Services.Frontends;
        ServicePortEntry[] unserved = [.. snapshot.Services.PortsWithLocalPolicy
            .Where(port => port.Family == family && port.Selection.Local(snapshot.Node.Index).Count == 0)];
        _droppedInternally = [.. unserved.Where(port => port.IsInternallyLocal).Select(port => frontends.FirstOf(port))];
        _droppedExternally = [.. unserved.Where(port => port.IsExternallyLocal)
            .SelectMany(port => Enumerable.Range(frontends.FirstOf(port) + 1, Frontend.KeysOf(port).Count() - 1))];
        int length = rules.LengthOf(RuleList.NatServices, family);
        _goneFromNat = [.. _droppedInternally.Select(frontend => snapshot.Order.PlaceOf(rules.NumberOf(frontend), length)).Order()];
        _refusedInternally = rules.LengthOf(RuleList.FilterServices, family);
        _refusedExternally = rules.LengthOf(RuleList.FilterExternal, family);
    }

    /// <summary>The place here (0 is first) of the rule that has this place in the nat list of all nodes.</summary>
    public int PlaceInNat(int commonPlace) => commonPlace - ~Array.BinarySearch(_goneFromNat, commonPlace);

    /// <summary>The place in its filter list of the rule that drops packets for a frontend: behind those that refuse them.</summary>
    public int PlaceOfDrop(FrontendKind kind, int frontend) => kind == FrontendKind.ClusterIP
        ? _refusedInternally + Array.BinarySearch(_droppedInternally, frontend)
        : _refusedExternally + Array.BinarySearch(_droppedExternally, frontend);
}
