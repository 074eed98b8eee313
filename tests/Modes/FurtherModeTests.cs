using System.Text;
using KubeNetSim.Tests.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Modes;

/// <summary>A mode that a program adds to the list works everywhere, and without it is an error.</summary>
public class FurtherModeTests
{
    private const string Proxy = "{apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: constant}";

    private const string Run = """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: constant}
        spec:
          cluster: {nodes: 2}
          workloads: [{name: calls, from: nodes, to: "http://web.shop/", arrivals: {constant: {rate: 100/s}}}]
          run: {duration: 2s, warmup: 0s}
        """;

    private const string Cases = $$$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: NetworkTest
        metadata: {name: constant}
        spec:
          objects:
          - {{{Proxy}}}
          - {apiVersion: v1, kind: Node, metadata: {name: pier}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
          - {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.9, ports: [{port: 80}]}}
          cases:
          - name: no endpoint
            packet: {node: pier, source: 10.1.1.9, protocol: TCP, destination: 10.96.0.9, port: 80}
            expect: {verdict: Reject}
        """;

    [Test]
    public void Every_new_connection_of_a_run_costs_what_the_mode_says()
    {
        (_, Scenario scenario, Cluster cluster) = Read();
        PreparedScenario prepared = Preparation.Of(scenario, cluster).Prepared! with { Modes = ConstantMode.Known };

        SimulationOutcome outcome = Simulator.Run(prepared, new SimulationOptions());
        WorkloadRecord calls = outcome.Replications[0].Workloads[0];

        Assert.That(outcome.Run.ProxyMode, Is.EqualTo("constant"));
        Assert.That(calls.Succeeded, Is.Positive);
        // Each connection is new at its client's node, and at the pod's node where that is another one.
        Assert.That((long)calls.StageSumsNs.Rules, Is.EqualTo((calls.Succeeded + calls.CrossedNodes) * 7_000));
    }

    [Test]
    public void A_trace_explains_a_packet_by_the_steps_of_the_mode()
    {
        (_, Scenario scenario, Cluster cluster) = Read();

        TracedRequest traced = RequestTracer.Trace(
            scenario, cluster, new WorkloadSource.AnyNode(), new WorkloadTarget.Url("http", "web.shop", 80, "/"), modes: ConstantMode.Known);

        Assert.That(traced.Trace!.Succeeded, Is.True, traced.Trace.Outcome);
        Assert.That(traced.Trace.Steps.SelectMany(step => step.Rules).Select(rule => rule.Meaning), Has.Some.EqualTo("found by magic"));
    }

    [Test]
    public void Rules_are_listed_as_the_mode_writes_them()
    {
        (_, Scenario scenario, Cluster cluster) = Read();

        NodeSnapshot snapshot = Snapshots.AtStart(scenario, cluster, cluster.Nodes[0], ConstantMode.Known);

        Assert.That(RuleListing.Of(snapshot, "shop/web"), Is.EqualTo(["constant shop/web"]));
    }

    [Test]
    public void A_network_test_asks_the_mode()
    {
        NetworkTestReading reading = NetworkTestReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(Cases)), ConstantMode.Known.Names);

        NetworkTestResult result = NetworkTestRunner.Run(reading.Tests.Single(), ConstantMode.Known).Single();

        Assert.That(result.Passed, Is.True);
    }

    [Test]
    public void A_mode_that_is_not_in_the_list_is_an_error_with_its_place()
    {
        ScenarioReading scenario = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(Proxy)));
        NetworkTestReading test = NetworkTestReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(Cases)));

        Assert.That(scenario.Problems.Single(problem => problem.Severity == Severity.Error).ToString(),
            Does.Contain("mode: \"constant\" is not one of iptables, ipvs, nftables"));
        Assert.That(test.Problems.Select(problem => problem.Message), Has.Some.Contain("\"constant\" is not one of iptables, ipvs, nftables"));
        Assert.That(() => ProxyModeList.BuiltIn.Of("constant"), Throws.ArgumentException);
    }

    private static (ScenarioReading Reading, Scenario Scenario, Cluster Cluster) Read()
    {
        string documents = string.Join("\n---\n", Run, Proxy, GivenScenario.Web(2), GivenScenario.Service("web"));
        ScenarioReading reading = ScenarioReader.Read(
            ["-"], new MemoryStream(Encoding.UTF8.GetBytes(documents)), proxyModes: ConstantMode.Known.Names);
        Assert.That(reading.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        BackendCosts costs = new() { NewConnectionNs = 0, EstablishedPacketNs = 0, LookupNs = 1_000 };
        CostProfile usual = reading.Scenario!.Costs;
        Scenario scenario = reading.Scenario with { Costs = usual with { Costs = usual.Costs.With("constant", costs) } };
        return (reading, scenario, ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster);
    }
}
