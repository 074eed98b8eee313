using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Where more workers are taken to shorten waits, and where they are not.</summary>
public sealed class MonotonicityTests
{
    [TestCase("arrivals: {poisson: {rate: 10/s}}", "", null)]
    [TestCase("arrivals: {poisson: {rate: 10/s}}", "cluster: {kubeProxy: {mode: ipvs, scheduler: rr}}", null)]
    [TestCase("arrivals: {poisson: {rate: 10/s}}", "cluster: {kubeProxy: {mode: ipvs, scheduler: lc}}", "the IPVS scheduler lc")]
    [TestCase("arrivals: {closedLoop: {users: 3, thinkTime: {constant: 1s}}}", "", "users of calls wait")]
    [TestCase("arrivals: {poisson: {rate: 10/s}}, connections: {reuse: keepAlive}", "", "calls takes connections")]
    [TestCase("arrivals: {poisson: {rate: 10/s}}, timeout: 1s", "", "give up")]
    [TestCase("arrivals: {poisson: {rate: 10/s}}", "backends: [{selector: {app: web}, serviceTime: {constant: 1ms}, queue: 3}]", "a bounded queue")]
    [TestCase("arrivals: {poisson: {rate: 10/s}}", "timeline: [{at: 1s, scale: {deployment: web, replicas: 2}}]", "the cluster changes")]
    public void What_hears_of_answers_is_not_taken_to_be_monotone(string workload, string more, string? reason)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$$$$"""
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
                ---
                apiVersion: kubenetsim.io/v1alpha1
                kind: Scenario
                metadata: {name: s}
                spec:
                  workloads: [{name: calls, from: nodes, to: "http://web/", {{{{{workload}}}}}}]
                  {{{{{more}}}}}
                """);
            ScenarioReading reading = ScenarioReader.Read([file], null);
            Assert.That(reading.Scenario, Is.Not.Null, string.Join("; ", reading.Problems));
            KubeNetSim.Model.Scenarios.Scenario scenario = reading.Scenario!;

            string? why = Monotonicity.WhyNotShown(
                scenario, KubeNetSim.Simulation.Preparing.Preparation.Of(
                    scenario, KubeNetSim.Model.Controllers.ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Cluster).Prepared!.Scheduler);

            Assert.That(why, reason is null ? Is.Null : Does.Contain(reason));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
