using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>
/// The lists that find a Service as they are on one node, for one family. They are those of all nodes but for Services with policy Local
/// that have endpoints elsewhere and none here: their cluster IPs move from the nat list to the end of the filter list, and each of their
/// other addresses stands in both. Only these are kept, and only where packets ask.
/// </summary>
internal sealed class NodeLists
{
    private readonly RuleLists _common;
    private readonly IpFamily _family;
    private readonly int[] _goneFromNat;
    private readonly int[] _droppedInternally;
    private readonly int[] _droppedExternally;

    public NodeLists(NodeSnapshot snapshot, IpFamily family)
    {
        _common = snapshot.Services.Rules;
        _family = family;
        NodePortJumps = snapshot.Node.Addresses.NodePortJumps(family);
        ServicePortEntry[] unserved = [.. snapshot.Services.PortsWithLocalPolicy
            .Where(port => port.Family == family && port.Selection.Local(snapshot.Node.Index).Count == 0)];
        FrontendTable frontends = snapshot.Services.Frontends;
        _droppedInternally = [.. unserved.Where(port => port.IsInternallyLocal).Select(port => frontends.FirstOf(port))];
        _droppedExternally = [.. unserved.Where(port => port.IsExternallyLocal)
            .SelectMany(port => Enumerable.Range(frontends.FirstOf(port) + 1, Frontend.KeysOf(port).Count() - 1))];
        int length = _common.LengthOf(RuleList.NatServices, family);
        _goneFromNat = [.. _droppedInternally.Select(frontend => snapshot.Order.PlaceOf(_common.NumberOf(frontend), length)).Order()];
    }

    /// <summary>Rules of nat KUBE-SERVICES before those that lead to the node ports.</summary>
    public int NatServices => _common.LengthOf(RuleList.NatServices, _family) - _goneFromNat.Length;

    /// <summary>Rules that lead to the node ports.</summary>
    public int NodePortJumps { get; }

    /// <summary>Rules of nat KUBE-NODEPORTS.</summary>
    public int NatNodePorts => _common.LengthOf(RuleList.NatNodePorts, _family);

    /// <summary>Rules of filter KUBE-SERVICES.</summary>
    public int Services => _common.LengthOf(RuleList.FilterServices, _family) + _droppedInternally.Length;

    /// <summary>Rules of filter KUBE-EXTERNAL-SERVICES.</summary>
    public int External => _common.LengthOf(RuleList.FilterExternal, _family) + _droppedExternally.Length;

    /// <summary>Rules of filter KUBE-PROXY-FIREWALL.</summary>
    public int Firewall => _common.LengthOf(RuleList.FilterFirewall, _family);

    /// <summary>The place here (0 is first) of the rule that has this place in the nat list of all nodes.</summary>
    public int PlaceInNat(int commonPlace) => commonPlace - ~Array.BinarySearch(_goneFromNat, commonPlace);

    /// <summary>The place in its filter list of the rule that drops packets for a frontend.</summary>
    public int PlaceOfDrop(FrontendKind kind, int frontend) => kind == FrontendKind.ClusterIP
        ? _common.LengthOf(RuleList.FilterServices, _family) + Array.BinarySearch(_droppedInternally, frontend)
        : _common.LengthOf(RuleList.FilterExternal, _family) + Array.BinarySearch(_droppedExternally, frontend);
}
