namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// lblc and lblcr: connections to one address stay together until their real server is overloaded while another is idle
/// (ip_vs_lblc.c, ip_vs_lblcr.c). lblc then moves to the least loaded one, lblcr adds it to a set. A virtual server has one address, so
/// it has one such set; that the kernel drops the most loaded of a set after hours without a change is left out.
/// </summary>
internal sealed class LocalityScheduler(bool replicated) : IpvsScheduler
{
    private readonly HashSet<(IpAddress Address, int Port)> _set = [];

    public override int Pick(in EndpointSet endpoints, in Packet packet)
    {
        int best = LeastLoaded(endpoints, onlyOfSet: true);
        if (best >= 0 && !IsOverloaded(endpoints, best))
            return best;
        best = LeastLoaded(endpoints, onlyOfSet: false);
        if (!replicated)
            _set.Clear();
        _set.Add((endpoints[best].Address, endpoints[best].Port));
        return best;
    }

    private int LeastLoaded(in EndpointSet endpoints, bool onlyOfSet)
    {
        int best = -1;
        for (int i = 0; i < endpoints.Count; i++)
            if ((!onlyOfSet || _set.Contains((endpoints[i].Address, endpoints[i].Port)))
                && (best < 0 || OverheadOf(endpoints[i]) * endpoints[best].Weight < OverheadOf(endpoints[best]) * endpoints[i].Weight))
                best = i;
        return best;
    }

    private bool IsOverloaded(in EndpointSet endpoints, int place)
    {
        if (ActiveConnections(endpoints[place]) <= endpoints[place].Weight)
            return false;
        for (int i = 0; i < endpoints.Count; i++)
            if (ActiveConnections(endpoints[i]) * 2 < endpoints[i].Weight)
                return true;
        return false;
    }
}
