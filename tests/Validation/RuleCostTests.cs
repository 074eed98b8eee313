using KubeNetSim.Tests.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Validation;

/// <summary>What rules cost a request as the number of Services grows, in whole runs.</summary>
internal sealed class RuleCostTests
{
    private const int Nodes = 60;

    // The position of a rule is uniform on the list, so one node's mean is off; over so many nodes and replications it is not.
    private const int Replications = 8;

    [TestCase(10)]
    [TestCase(1_000)]
    [TestCase(10_000)]
    public void iptables_costs_half_the_list_where_it_matches_and_all_of_it_where_it_does_not(int background)
    {
        WorkloadRecord[] records = Run("iptables", background);
        BackendCosts costs = CostProfile.Default.Of(CostProfile.IptablesNft);

        // web, kubernetes, kube-dns with three ports, and the jump to the node ports.
        double rules = background + 6;
        double crossing = Mean(records, record => record.CrossedNodes);
        // At the backend's node, if it is another one, the packet is for no Service and passes the whole list.
        double expected = (((rules / 2) + (crossing * rules)) * costs.DispatchRuleNs) + (1.5 * costs.EndpointRuleNs) + costs.TranslationNs;

        Assert.That(RulesNs(records), Is.EqualTo(expected).Within(6).Percent);
    }

    [TestCase("nftables")]
    [TestCase("ipvs")]
    public void nftables_and_ipvs_cost_the_same_whatever_the_number_of_services(string mode)
    {
        double[] costs = [RulesNs(Run(mode, 10)), RulesNs(Run(mode, 1_000)), RulesNs(Run(mode, 10_000))];

        Assert.That(costs[1], Is.EqualTo(costs[0]).Within(1).Percent);
        Assert.That(costs[2], Is.EqualTo(costs[0]).Within(1).Percent);
        Assert.That(costs[0], Is.LessThan(1_000));
    }

    // What rules took, less the time spent waiting for a core: the runs are far from busy.
    private static double RulesNs(WorkloadRecord[] records) => Mean(records, record => (double)record.StageSumsNs.Rules);

    private static double Mean(WorkloadRecord[] records, Func<WorkloadRecord, double> value) =>
        records.Sum(value) / records.Sum(record => record.Succeeded);

    private static WorkloadRecord[] Run(string mode, int background)
    {
        PreparedScenario prepared = GivenScenario.Prepare(GivenScenario.Web(2), GivenScenario.Service("web"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: rules}
            spec:
              cluster: {nodes: {{Nodes}}, zones: [a], kubeProxy: {mode: {{mode}} }, backgroundServices: {{background}} }
              workloads:
              - {name: all, from: nodes, to: {services: {namespace: shop} }, arrivals: {poisson: {rate: 2000/s} } }
              run: {duration: 2s, warmup: 0, replications: {{Replications}} }
            """);
        return [.. Simulator.Run(prepared, new SimulationOptions()).Replications.Select(record => record.Workloads[0])];
    }
}
