using KubeNetSim.Model;

namespace KubeNetSim.Analysis;

/// <summary>
/// Where more workers can only shorten waits. With one queue for all workers of a pod and the same arrivals and service times, every request waits no longer
/// (Kiefer and Wolfowitz, On the theory of queues with many servers, Transactions of the AMS 78, 1955). Arrivals are the same only where nothing that happens before
/// a pod hears of what happens in it.
/// </summary>
public static class Monotonicity
{
    // kernel: net/netfilter/ipvs. These look at packets, weights and turns alone; the others count open connections.
    private static readonly string[] BlindSchedulers = ["rr", "wrr", "sh", "dh", "mh"];

    /// <summary>Whether it is shown that more workers shorten waits, and change nothing else for the worse.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="proxy">How its nodes choose pods.</param>
    public static bool MoreWorkersShortenWaits(Scenario scenario, KubeProxyConfiguration proxy) =>
        scenario.Timeline.IsEmpty
        && scenario.Workloads.All(SendsRegardless)
        // Of those that wait for long, a bounded queue keeps few.
        && scenario.Backends.All(backend => backend.QueueBound is null)
        && (proxy.Mode != ProxyMode.Ipvs || BlindSchedulers.Contains(proxy.IpvsScheduler));

    // Users wait before they ask again, kept connections are free when an answer has come, and who gives up asks again.
    private static bool SendsRegardless(Workload workload) =>
        workload.Arrivals is not ArrivalSpec.ClosedLoop && workload.Connections.Reuse == ConnectionReuse.None && workload is { TimeoutNs: null, Retries: 0 };
}
