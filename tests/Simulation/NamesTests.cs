using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>What names cost in a run: queries, and who answers them.</summary>
internal sealed class NamesTests
{
    [TestCase("", "web", 1)]
    [TestCase("", "web.shop", 2)]
    [TestCase("", "api.example.org", 4)]
    [TestCase("", "api.example.org.", 1)]
    [TestCase("dnsConfig: {options: [{name: ndots, value: \"1\"}]},", "api.example.org", 1)]
    [TestCase("dnsConfig: {options: [{name: ndots, value: \"1\"}]},", "web.shop", 3, Description = "as it is, in the pod's own namespace, and then it is found")]
    [TestCase("dnsPolicy: Default,", "api.example.org", 1)]
    public void A_connection_takes_as_many_queries_as_its_name_and_its_pods_resolver_say(string says, string host, int queries)
    {
        WorkloadRecord workload = Run(says, host);

        Assert.That(workload.Failed.Total, Is.Zero);
        Assert.That(workload.DnsQueries, Is.EqualTo(2 * queries * workload.Requests), "A and AAAA of each name");
    }

    [TestCase("dnsPolicy: Default,")]
    [TestCase("hostNetwork: true,")]
    public void A_pod_that_asks_its_nodes_resolver_finds_no_Service(string says)
    {
        WorkloadRecord workload = Run(says, "web.shop");

        Assert.That(workload.Failed.Unresolved, Is.EqualTo(workload.Requests).And.GreaterThan(100));
    }

    [Test]
    public void CoreDNS_asks_upstream_once_and_keeps_the_answer_for_as_long_as_it_is_told()
    {
        double kept = DnsMs(Run("", "api.example.org."));
        double notKept = DnsMs(Run("", "api.example.org.", "upstreamDns: 10ms, upstreamDnsTtl: 0"));

        Assert.That(notKept - kept, Is.EqualTo(10).Within(0.3), "each query goes upstream");
        Assert.That(kept, Is.LessThan(2));
    }

    [Test]
    public void Rules_that_look_ups_meet_are_not_those_of_a_connection()
    {
        WorkloadRecord four = Run("", "api.example.org");
        WorkloadRecord one = Run("", "api.example.org.");

        Assert.That((double)four.RulesEvaluated / four.Connections, Is.EqualTo((double)one.RulesEvaluated / one.Connections).And.GreaterThan(0));
    }

    private static double DnsMs(WorkloadRecord workload) => (double)workload.StageSumsNs.Dns / workload.Requests / 1e6;

    private static WorkloadRecord Run(string says, string host, string network = "") => Simulator.Run(
        GivenScenario.Prepare(GivenScenario.Web(2), GivenScenario.Service("web"), $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: caller, namespace: shop, labels: {app: caller} }
            spec: { {{says}} containers: [{name: c, image: c}]}
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: names}
            spec:
              cluster: {nodes: 2}
              network: {clientDnsCache: false, externalHosts: [api.example.org]{{(network.Length == 0 ? "" : ", ")}}{{network}} }
              workloads: [{name: all, from: {pods: {namespace: shop, selector: {app: caller} } }, to: "http://{{host}}/", arrivals: {poisson: {rate: 50/s} } }]
              run: {duration: 20s, warmup: 1s, replications: 1, seed: 3}
            """), new SimulationOptions()).Replications[0].Workloads[0];
}
