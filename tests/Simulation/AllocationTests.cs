using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>
/// What a run allocates must not grow with its requests, however they travel, once it has seen everything: IPVS remembers closed connections for two
/// minutes where it counts them.
/// </summary>
internal sealed class AllocationTests
{
    [TestCase(20, "iptables", "", "none")]
    [TestCase(20, "nftables", "", "none")]
    [TestCase(20, "ipvs", "", "none")]
    [TestCase(130, "ipvs, scheduler: lc", "", "none")]
    [TestCase(20, "iptables", "sessionAffinity: ClientIP", "none")]
    [TestCase(20, "iptables", "", "keepAlive")]
    [TestCase(20, "iptables", "", "http2")]
    public void A_hundred_thousand_requests_more_allocate_nothing_more(int seconds, string mode, string policy, string reuse)
    {
        // The first run is not counted: the runtime sets itself up.
        Allocated(Prepare(mode, policy, reuse, seconds: 1));

        long few = Allocated(Prepare(mode, policy, reuse, seconds));
        long many = Allocated(Prepare(mode, policy, reuse, seconds + 100));

        Assert.That(many - few, Is.LessThan(100_000), "bytes for 100,000 requests: less than one each");
    }

    private static long Allocated(PreparedScenario prepared)
    {
        Replication replication = new(prepared, 0, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        replication.Run(null, CancellationToken.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static PreparedScenario Prepare(string mode, string policy, string reuse, int seconds) => GivenScenario.Prepare(
        GivenScenario.Web(4), GivenScenario.Service("web", policy.Length == 0 ? "type: ClusterIP" : policy), $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: bytes}
        spec:
          cluster: {nodes: 4, kubeProxy: {mode: {{mode}} } }
          workloads: [{name: all, from: nodes, to: http://web.shop/, arrivals: {poisson: {rate: 1000/s} }, connections: {reuse: {{reuse}} } }]
          run: {duration: {{seconds}}s, warmup: 0, replications: 1, seed: 5}
        """);
}
