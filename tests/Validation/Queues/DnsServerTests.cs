using KubeNetSim.Tests.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>CoreDNS as a queue: the time that clients wait for names, less the same at a rate where nothing waits, is theory's wait.</summary>
internal sealed class DnsServerTests
{
    private const double ServiceMs = 1;

    // Look-ups per second at which a thousandth of the queries wait.
    private const int Idle = 1;

    // Two servers of 1 ms and 1.4 queries/ms, A and then AAAA: a query that follows another one leaves the queue an M/M/2 (Kelly, Reversibility and
    // Stochastic Networks, 1979, chapter 3). Erlang's C for 2 servers: the mean wait is a^2 / (4 - a^2) of a service.
    [Test]
    public void CoreDNS_that_gets_A_and_AAAA_in_turn_is_M_M_2()
    {
        double load = 1.4;
        Replications<double> measured = new(replication =>
            DnsMs(replication, workers: 2, ratePerSecond: 700, options: "single-request") - DnsMs(replication, 2, Idle, "single-request"));

        measured.Agree("waits of two queries", wait => wait, 2 * ServiceMs * load * load / (4 - (load * load)), within: 0.25);
    }

    // Both at once: batches of two. One server works on a batch for Erlang-2 of mean 2 ms, so the wait is Pollaczek and Khinchine's.
    [Test]
    public void CoreDNS_that_gets_A_and_AAAA_at_once_is_a_queue_of_batches()
    {
        double batches = 0.35;
        Replications<double> measured = new(replication =>
            DnsMs(replication, workers: 1, ratePerSecond: 350, options: "edns0") - DnsMs(replication, 1, Idle, "edns0"));

        measured.Agree("wait of a batch", wait => wait, batches * 6 / (2 * (1 - (2 * batches))), within: 0.25);
    }

    private static double DnsMs(int replication, int workers, int ratePerSecond, string options)
    {
        int seconds = ratePerSecond == Idle ? 3_000 : 40;
        WorkloadRecord workload = Simulator.Run(GivenScenario.Prepare(GivenScenario.Web(1), GivenScenario.Service("web"), $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: caller, namespace: shop, labels: {app: caller} }
            spec: {dnsConfig: {options: [{name: {{options}}}]}, containers: [{name: c, image: c}]}
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: dns}
            spec:
              cluster: {nodes: 1, dnsReplicas: 1}
              network: {clientDnsCache: false, dnsServiceTime: {{ServiceMs}}ms, dnsWorkers: {{workers}}, packetCores: 64}
              workloads: [{name: all, from: {pods: {namespace: shop, selector: {app: caller} } }, to: "http://web/", arrivals: {poisson: {rate: {{ratePerSecond}}/s} } }]
              backends: [{selector: {app: web}, serviceTime: 10us, concurrency: 1000}]
              run: {duration: {{seconds}}s, warmup: 1s, replications: 1, seed: {{replication + 1}}}
            """), new SimulationOptions()).Replications[0].Workloads[0];
        Assert.That(workload.DnsQueries, Is.EqualTo(2 * workload.Requests).Within(4), "all queries reach CoreDNS");
        return (double)workload.StageSumsNs.Dns / workload.Requests / 1e6;
    }
}
