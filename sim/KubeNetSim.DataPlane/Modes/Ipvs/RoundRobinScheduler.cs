namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// rr and wrr: one after the other, each as often as its weight says (ip_vs_rr.c, ip_vs_wrr.c). Real servers whose weight reaches the
/// current level take their turn; after each round the level sinks by the greatest common divisor and at zero starts again from the
/// greatest weight. With equal weights, which is all that kube-proxy writes, this is plain round robin.
/// </summary>
internal sealed class RoundRobinScheduler : IpvsScheduler
{
    private EndpointSet _known;
    private (int Greatest, int Divisor) _weights;
    private bool _areEqual;
    private int _place = -1;
    private int _level;

    public override int Pick(in EndpointSet endpoints, in Packet packet)
    {
        if (!_known.IsSameWindow(endpoints))
            Follow(endpoints);
        do
        {
            _place++;
            if (_place >= endpoints.Count)
            {
                _place = 0;
                _level -= _weights.Divisor;
            }
            if (_level <= 0 || _level > _weights.Greatest)
                _level = _weights.Greatest;
        }
        while (!_areEqual && endpoints[_place].Weight < _level);
        return _place;
    }

    // A change of the set moves real servers; if the last one left, the one that moved into its place is next.
    private void Follow(in EndpointSet endpoints)
    {
        if (_place >= 0)
            _place = PlaceOf(_known[_place], endpoints) is >= 0 and int place ? place : Math.Min(_place, endpoints.Count) - 1;
        _known = endpoints;
        _weights = Weights(endpoints);
        // With equal weights everybody's turn comes in each round, and no weight need be looked at.
        _areEqual = true;
        for (int i = 0; i < endpoints.Count; i++)
            _areEqual &= endpoints[i].Weight == _weights.Greatest;
    }

    private static int PlaceOf(in EndpointEntry last, in EndpointSet endpoints)
    {
        for (int i = 0; i < endpoints.Count; i++)
            if (endpoints[i].Address == last.Address && endpoints[i].Port == last.Port)
                return i;
        return -1;
    }

    private static (int Greatest, int Divisor) Weights(in EndpointSet endpoints)
    {
        int greatest = 0;
        int divisor = 0;
        for (int i = 0; i < endpoints.Count; i++)
        {
            greatest = Math.Max(greatest, endpoints[i].Weight);
            divisor = GreatestCommonDivisor(divisor, endpoints[i].Weight);
        }
        return (greatest, divisor);
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
