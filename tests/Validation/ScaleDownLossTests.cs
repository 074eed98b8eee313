using KubeNetSim.Tests.Simulation;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Validation;

/// <summary>
/// What a scale-down without preStop costs, against its closed form: rate x share of the deleted pods x time until a node's rules know.
/// Each node loses its own share of the rate for its own time: the EndpointSlice, its watch (exponential) and its sync.
/// </summary>
internal sealed class ScaleDownLossTests
{
    private const double Rate = 2_000;
    private const int Replications = 40;
    private const double Nanoseconds = 1e9;

    [TestCase("iptables", 4, 2, 0, 0.1, 0)]
    [TestCase("iptables", 4, 2, 2_000, 0.1, 0.2)]
    [TestCase("iptables", 5, 1, 0, 0.4, 0.05)]
    [TestCase("ipvs", 4, 2, 0, 0.1, 0)]
    [TestCase("ipvs", 4, 2, 2_000, 0.1, 0.2)]
    [TestCase("nftables", 4, 2, 0, 0.1, 0)]
    [TestCase("nftables", 5, 1, 2_000, 0.3, 0.1)]
    public void A_scale_down_loses_rate_times_share_times_the_time_until_nodes_know(
        string mode, int before, int after, int background, double sliceSeconds, double watchSeconds)
    {
        PreparedScenario prepared = GivenScenario.Prepare(GivenScenario.Web(before), GivenScenario.Service("web"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: loss}
            spec:
              cluster: {nodes: 12, zones: [a], kubeProxy: {mode: {{mode}} }, backgroundServices: {{background}} }
              workloads:
              - {name: all, from: nodes, to: "http://web.shop/", arrivals: {poisson: {rate: {{Rate}}/s} }, timeout: 1s}
              backends: [{namespace: shop, serviceTime: 1ms, concurrency: 1000}]
              network: {endpointSliceLatency: {{sliceSeconds}}s, watchLatency: {{watchSeconds}}s}
              timeline: [{at: 2s, scale: {deployment: web, replicas: {{after}} } }]
              run: {duration: 5s, warmup: 0s, replications: {{Replications}}, seed: 11}
            """);
        double sync = prepared.Costs.Sync.Of(prepared.Services.Ports.Count, prepared.Services.EndpointCount) / Nanoseconds;
        double theory = Rate * (before - after) / before * (sliceSeconds + watchSeconds + sync);

        double[] lost = [.. Simulator.Run(prepared, new SimulationOptions()).Replications.Select(record => (double)record.Workloads[0].Failed.Total)];
        double half = StudentT.InvCDF(0, 1, Replications - 1, 0.995) * lost.StandardDeviation() / Math.Sqrt(Replications);

        Assert.That(theory, Is.InRange(lost.Mean() - half, lost.Mean() + half), "theory against the 99% interval");
        Assert.That(half, Is.LessThan(0.1 * theory), "the interval is too wide to prove anything");
    }
}
