using KubeNetSim.Tests.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>Packet cores of nodes are M/D/1 where each connection takes the same: waiting for one is queueing, whatever the rules cost.</summary>
internal sealed class PacketCoreTests
{
    private const double ServiceNs = 100_000;
    private const double Load = 0.8;

    // Pollaczek and Khinchine for a constant service time: W = load * S / (2 (1 - load)).
    private const double WaitNs = Load * ServiceNs / (2 * (1 - Load));

    [TestCase(100, 0, Description = "nothing but hooks")]
    [TestCase(40, 60_000, Description = "a rule takes most of it")]
    public void Waiting_for_a_core_is_queueing_and_no_work_of_rules(int newConnectionUs, int dispatchRuleNs)
    {
        SimulationOutcome outcome = Simulator.Run(GivenScenario.Prepare(GivenScenario.Web(1), GivenScenario.Service("web"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: cores}
            spec:
              cluster: {nodes: 1, systemServices: false}
              workloads: [{name: w, from: {node: node-1}, to: "http://10.96.1.1/", arrivals: {poisson: {rate: 8000/s} } }]
              backends: [{selector: {app: web}, serviceTime: {constant: 1ms}, concurrency: 1000}]
              network: {packetCores: 1}
              costs: {iptablesNft: {newConnection: {{newConnectionUs}}us, establishedPacket: 0s, translation: 0s, dispatchRule: {{dispatchRuleNs}}ns, endpointRule: 0s, lookup: 0s} }
              run: {duration: 20s, warmup: 1s, replications: 5}
            """), new SimulationOptions());
        WorkloadRecord[] records = [.. outcome.Replications.Select(replication => replication.Workloads[0])];
        double requests = records.Sum(record => record.Succeeded);

        Assert.That(records.Sum(record => (double)record.StageSumsNs.Rules) / requests, Is.EqualTo((double)dispatchRuleNs).Within(1));
        Assert.That(records.Sum(record => (double)record.StageSumsNs.Queue) / requests, Is.EqualTo(WaitNs).Within(5).Percent);
        Assert.That(records.Select(record => record.StageSumsNs.Total), Is.EqualTo(records.Select(record => record.LatencySumNs)));
    }
}
