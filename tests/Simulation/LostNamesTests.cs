using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Queries that are lost, and what the options of a resolver say of them.</summary>
internal sealed class LostNamesTests
{
    [TestCase("", 0.02, 5_000)]
    [TestCase("{name: timeout, value: \"1\"}", 0.02, 1_000)]
    [TestCase("{name: single-request}", 0, 0, Description = "AAAA follows the answer for A: no two packets race")]
    [TestCase("{name: single-request-reopen}", 0, 0)]
    [TestCase("{name: use-vc}", 0, 0, Description = "TCP has no such race")]
    public void A_query_lost_to_the_conntrack_race_costs_the_resolvers_timeout(string options, double share, double timeoutMs)
    {
        WorkloadRecord workload = Run(options, "dnsRace: 0.02");

        double expected = share * timeoutMs;
        Assert.That(workload.Failed.Total, Is.Zero);
        Assert.That(DnsMs(workload), Is.EqualTo(expected).Within((0.2 * expected) + 2));
        Assert.That(workload.DnsQueries, Is.EqualTo((2 + share) * workload.Requests).Within(0.01 * workload.Requests), "only the lost one is asked again");
    }

    [TestCase("", 10_000, Description = "two attempts of 5 s")]
    [TestCase("{name: attempts, value: \"3\"}, {name: timeout, value: \"2\"}", 6_000)]
    public void A_look_up_fails_when_all_attempts_are_lost(string options, double expectedMs)
    {
        WorkloadRecord workload = Run(options, "dnsLoss: 1");

        Assert.That(workload.Failed.Unresolved, Is.EqualTo(workload.Requests).And.GreaterThan(100));
        Assert.That(workload.DnsQueries, Is.EqualTo(2 * (expectedMs == 10_000 ? 2 : 3) * workload.Requests));
    }

    [Test]
    public void Lost_packets_cost_a_timeout_for_each_try_that_loses_one()
    {
        WorkloadRecord workload = Run("", "dnsLoss: 0.01");

        // A try loses A or AAAA; what was lost is asked again.
        Assert.That(DnsMs(workload), Is.EqualTo(5_000 * (1 - (0.99 * 0.99))).Within(20));
        Assert.That(workload.Failed.Total, Is.LessThan(0.001 * workload.Requests));
    }

    [Test]
    public void A_large_answer_is_asked_for_again_over_TCP_unless_edns0_lets_it_fit()
    {
        WorkloadRecord truncated = Run("", "", replicas: 40);
        WorkloadRecord fits = Run("{name: edns0}", "", replicas: 40);

        Assert.That(truncated.DnsQueries, Is.EqualTo(4 * truncated.Requests));
        Assert.That(fits.DnsQueries, Is.EqualTo(2 * fits.Requests));
    }

    [Test]
    public void Rotate_begins_with_each_server_in_turn()
    {
        WorkloadRecord first = Run("", "", nameservers: "nameservers: [8.8.8.8],");
        WorkloadRecord rotated = Run("{name: rotate}", "", nameservers: "nameservers: [8.8.8.8],");

        Assert.That(first.Failed.Total, Is.Zero, "cluster DNS is the first server");
        Assert.That(rotated.Failed.Unresolved, Is.EqualTo(rotated.Requests / 2).Within(1), "the other one does not know the Service");
    }

    private static double DnsMs(WorkloadRecord workload) => (double)workload.StageSumsNs.Dns / workload.Requests / 1e6;

    private static WorkloadRecord Run(string options, string network, int replicas = 2, string nameservers = "") => Simulator.Run(
        GivenScenario.Prepare(GivenScenario.Web(replicas), GivenScenario.Service("web", "clusterIP: None").Replace("port: 80,", "port: 8080,", StringComparison.Ordinal), $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: caller, namespace: shop, labels: {app: caller} }
            spec: {dnsConfig: { {{nameservers}} options: [{{options}}]}, containers: [{name: c, image: c}]}
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: lost}
            spec:
              cluster: {nodes: 2}
              network: {clientDnsCache: false{{(network.Length == 0 ? "" : ", ")}}{{network}} }
              workloads: [{name: all, from: {pods: {namespace: shop, selector: {app: caller} } }, to: "http://web:8080/", arrivals: {poisson: {rate: 100/s} } }]
              run: {duration: 200s, warmup: 0s, replications: 1, seed: 3}
            """), new SimulationOptions()).Replications[0].Workloads[0];
}
