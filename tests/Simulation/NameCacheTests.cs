using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>What caches of DNS keep: a headless Service of three pods loses one at 20 s, and its clients have the old answer until its TTL ends.</summary>
internal sealed class NameCacheTests
{
    // The first look-ups are at the start, within the time of some arrivals: an answer with this TTL ends at the next multiple of it after 20 s.
    [TestCase("clientDnsCache: true, dnsTtl: 7s", 21, Description = "the client's own cache")]
    [TestCase("clientDnsCache: true, dnsTtl: 30s", 30)]
    [TestCase("clientDnsCache: true, dnsTtl: 10m", 60, Description = "the end of the run comes first")]
    [TestCase("clientDnsCache: false, nodeLocalDns: true, dnsTtl: 30s", 30, Description = "the node's cache")]
    [TestCase("clientDnsCache: false, nodeLocalDns: true, nodeLocalDnsTtl: 12s, dnsTtl: 30s", 24, Description = "which keeps nothing longer than its configuration says")]
    [TestCase("clientDnsCache: false, dnsCache: 30s, dnsTtl: 30s", 30, Description = "CoreDNS' own cache")]
    [TestCase("clientDnsCache: false, dnsTtl: 30s", 20.1, Description = "no cache: only the EndpointSlice is late")]
    public void An_address_that_is_gone_is_called_until_the_TTL_of_the_answer_ends(string network, double until)
    {
        WorkloadRecord workload = Run(network, "cache.r", "scale: {statefulSet: cache, replicas: 2}", rate: 300);

        // A third of the calls, a Poisson number of them: its 99.9% interval, and what the first look-ups may be late by.
        double expected = 300.0 / 3 * (until - 20);
        Assert.That(workload.Failed.Total, Is.EqualTo(expected).Within((3.3 * Math.Sqrt(expected)) + (0.03 * expected) + 5));
    }

    [TestCase("clientDnsCache: true, dnsTtl: 30s", 30, Description = "the answer that there is no such name was given at the start")]
    [TestCase("clientDnsCache: false, nodeLocalDns: true, nodeLocalDnsNegativeTtl: 8s, dnsTtl: 30s", 24, Description = "the node keeps it for a shorter time")]
    [TestCase("clientDnsCache: false, dnsNegativeCache: 30s, dnsTtl: 30s", 30)]
    [TestCase("clientDnsCache: false, dnsTtl: 30s", 22.1, Description = "no cache: the pod starts and its EndpointSlice says so")]
    public void A_new_name_is_unknown_until_negative_answers_expire(string network, double until)
    {
        WorkloadRecord workload = Run(network, "cache-3.cache.r", "scale: {statefulSet: cache, replicas: 4}", rate: 100);

        double expected = 100 * until;
        Assert.That(workload.Failed.Unresolved, Is.EqualTo(expected).Within((3.3 * Math.Sqrt(expected)) + (0.02 * expected)));
        Assert.That(workload.Failed.Total, Is.EqualTo(workload.Failed.Unresolved));
    }

    private static WorkloadRecord Run(string network, string host, string change, int rate) => Simulator.Run(GivenScenario.Prepare($$"""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: cache, namespace: r}
        spec:
          serviceName: cache
          replicas: 3
          podManagementPolicy: Parallel
          selector: {matchLabels: {app: cache} }
          template:
            metadata: {labels: {app: cache} }
            spec: {containers: [{name: r, image: x, ports: [{containerPort: 6379}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cache, namespace: r}
        spec: {clusterIP: None, selector: {app: cache}, ports: [{port: 6379}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, namespace: r}
        spec:
          replicas: 1
          selector: {matchLabels: {app: app} }
          template:
            metadata: {labels: {app: app} }
            spec: {containers: [{name: c, image: x}]}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: stale}
        spec:
          cluster: {nodes: 2, zones: [a], dnsReplicas: 1}
          network: { {{network}} }
          workloads: [{name: calls, from: {pods: {namespace: r, selector: {app: app} } }, to: "tcp://{{host}}:6379", arrivals: {poisson: {rate: {{rate}}/s} }, timeout: 100ms}]
          backends: [{selector: {app: cache}, serviceTime: 1ms, concurrency: 64}]
          timeline: [{at: 20s, {{change}} }]
          run: {duration: 60s, warmup: 0s, replications: 1, seed: 5}
        """), new SimulationOptions()).Replications[0].Workloads[0];
}
