using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>
/// rr and wrr: one after the other, each as often as its weight says (ip_vs_rr.c, ip_vs_wrr.c). Real servers whose weight reaches the
/// current level take their turn; after each round the level sinks by the greatest common divisor and at zero starts again from the
/// greatest weight. With equal weights, which is all that kube-proxy writes, this is plain round robin.
/// </summary>
internal sealed class RoundRobinScheduler : IpvsScheduler
{
    private EndpointSet _known;
    private (int Greatest, int Divisor) _weights;
    private int _place = -1;
    private (IpAddress Address, int Port) _last;
    private int _level;

    public override int Pick(in EndpointSet endpoints, in Packet packet)
    {
        if (!_known.IsSameWindow(endpoints))
            (_known, _weights) = (endpoints, Weights(endpoints));
        int place = PlaceOfLast(endpoints);
        do
        {
            place++;
            if (place >= endpoints.Count)
            {
                place = 0;
                _level -= _weights.Divisor;
            }
            if (_level <= 0 || _level > _weights.Greatest)
                _level = _weights.Greatest;
        }
        while (endpoints[place].Weight < _level);
        _place = place;
        _last = (endpoints[place].Address, endpoints[place].Port);
        return place;
    }

    // A change of the set moves real servers; if the last one left, the one that moved into its place is next.
    private int PlaceOfLast(in EndpointSet endpoints)
    {
        if (_place < 0 || (_place < endpoints.Count && IsLast(endpoints[_place])))
            return _place;
        for (int i = 0; i < endpoints.Count; i++)
            if (IsLast(endpoints[i]))
                return i;
        return Math.Min(_place, endpoints.Count) - 1;
    }

    private bool IsLast(in EndpointEntry endpoint) => endpoint.Address == _last.Address && endpoint.Port == _last.Port;

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
