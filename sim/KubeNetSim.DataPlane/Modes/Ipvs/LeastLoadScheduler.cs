namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// lc, wlc, sed and nq: the real server with the least load for its weight; the first of equals (ip_vs_lc.c, ip_vs_wlc.c, ip_vs_sed.c,
/// ip_vs_nq.c). In lc and wlc connections that linger after their end count a little, so that where hardly any are open, the real server that had fewer lately
/// is taken; sed and nq do not look at them.
/// </summary>
/// <param name="ahead">1 to count the connection to come (sed, nq), 0 to count only those that are open (lc, wlc).</param>
/// <param name="weighted">Whether the load is divided by the weight.</param>
/// <param name="neverQueue">Whether the first idle real server is taken whatever its weight (nq).</param>
internal sealed class LeastLoadScheduler(int ahead, bool weighted, bool neverQueue) : IpvsScheduler
{
    public override int Pick(in EndpointSet endpoints, in Packet packet)
    {
        int best = 0;
        (long Load, long Weight) least = (long.MaxValue, 0);
        for (int i = 0; i < endpoints.Count; i++)
        {
            int active = ActiveConnections(endpoints[i]);
            if (neverQueue && active == 0)
                return i;
            (long Load, long Weight) here = (ahead > 0 ? active + ahead : OverheadOf(endpoints[i]), weighted ? endpoints[i].Weight : 1);
            if (i == 0 || here.Load * least.Weight < least.Load * here.Weight)
                (best, least) = (i, here);
        }
        return best;
    }
}
