using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

internal sealed class DeterminismTests
{
    [TestCase("iptables")]
    [TestCase("ipvs")]
    [TestCase("nftables")]
    public void The_same_scenario_and_seed_give_the_same_bytes_on_any_number_of_threads(string mode)
    {
        string one = Results(mode, seed: 42, threads: 1);

        Assert.That(Results(mode, seed: 42, threads: 4), Is.EqualTo(one));
        Assert.That(Results(mode, seed: 43, threads: 1), Is.Not.EqualTo(one));
    }

    [Test]
    public void A_workload_keeps_its_draws_when_another_one_is_added()
    {
        PreparedScenario alone = Prepare("iptables", 42, "");
        PreparedScenario together = Prepare("iptables", 42, "- {name: second, from: nodes, to: http://other.shop/, arrivals: {poisson: {rate: 50/s}}}");

        WorkloadRecord first = Simulator.Run(alone, new SimulationOptions()).Replications[0].Workloads[0];
        WorkloadRecord again = Simulator.Run(together, new SimulationOptions()).Replications[0].Workloads[0];

        Assert.That(again.Requests, Is.EqualTo(first.Requests));
        Assert.That(again.StageSumsNs.Service, Is.EqualTo(first.StageSumsNs.Service));
    }

    private static string Results(string mode, ulong seed, int threads)
    {
        SimulationOutcome outcome = Simulator.Run(Prepare(mode, seed, ""), new SimulationOptions { Threads = threads });
        return RunResultsFile.ToJson(RunSummary.Combine(outcome.Run, outcome.Replications));
    }

    private static PreparedScenario Prepare(string mode, ulong seed, string more)
    {
        Scenario scenario = GivenScenario.Read(GivenScenario.Web(4), GivenScenario.Service("web"), GivenScenario.Service("other"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: bytes}
            spec:
              cluster: {nodes: 5, kubeProxy: {mode: {{mode}} }, backgroundServices: 50}
              workloads:
              - name: all
                from: nodes
                to: http://web.shop/
                arrivals: {poisson: {rate: 500/s} }
                connections: {reuse: keepAlive, perClient: 2}
              {{more}}
              run: {duration: 2s, replications: 4, seed: {{seed}} }
            """);
        return GivenScenario.Prepare(scenario);
    }
}
