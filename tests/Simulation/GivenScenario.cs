using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>Scenarios for tests, from text as a user would write it.</summary>
internal static class GivenScenario
{
    /// <summary>A Deployment <c>web</c> of some replicas in namespace <c>shop</c>, listening on 8080.</summary>
    public static string Web(int replicas) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: {{replicas}}
          selector: {matchLabels: {app: web} }
          template:
            metadata: {labels: {app: web} }
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        """;

    /// <summary>A Service in namespace <c>shop</c> in front of it.</summary>
    public static string Service(string name, string spec = "type: ClusterIP") => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: shop}
        spec:
          {{spec}}
          selector: {app: web}
          ports: [{port: 80, targetPort: 8080}]
        """;

    /// <summary>Reads documents, as <c>kubenetsim run -</c> does.</summary>
    public static Scenario Read(params string[] documents)
    {
        ScenarioReading reading = ReadingOf(documents);
        Assert.That(reading.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        return reading.Scenario!;
    }

    /// <summary>What reading documents finds wrong.</summary>
    public static IEnumerable<Problem> ProblemsOf(params string[] documents) => ReadingOf(documents).Problems;

    private static ScenarioReading ReadingOf(string[] documents)
    {
        using MemoryStream input = new(Encoding.UTF8.GetBytes(string.Join("\n---\n", documents)));
        return ScenarioReader.Read(["-"], input);
    }

    /// <summary>Reads and prepares documents that hold no error.</summary>
    public static PreparedScenario Prepare(params string[] documents) => Prepare(Read(documents));

    /// <summary>Prepares a scenario that holds no error.</summary>
    public static PreparedScenario Prepare(Scenario scenario)
    {
        Reconciliation reconciliation = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
        Assert.That(reconciliation.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        Preparation preparation = Preparation.Of(scenario, reconciliation.Cluster);
        Assert.That(preparation.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
        return preparation.Prepared!;
    }
}
