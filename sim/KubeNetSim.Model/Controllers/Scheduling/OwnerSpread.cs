namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>How many pods of one owner each node and zone has. Pods without an owner are not counted.</summary>
internal sealed class OwnerSpread
{
    private readonly Dictionary<int, int> _byNode = [];
    private readonly Dictionary<int, int> _byZone = [];

    public int OfNode(int node) => _byNode.GetValueOrDefault(node);

    public int OfZone(int zone) => _byZone.GetValueOrDefault(zone);

    public void Add(int node, int zone)
    {
        _byNode[node] = OfNode(node) + 1;
        _byZone[zone] = OfZone(zone) + 1;
    }
}
