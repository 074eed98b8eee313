using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>A backend that no pod uses is told so, at its selector.</summary>
internal sealed class BackendTargetsTests
{
    private const string Deployments = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: twin, namespace: a}
        spec: {selector: {matchLabels: {app: twin}}, template: {metadata: {labels: {app: twin}}, spec: {containers: [{name: twin}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: twin, namespace: b}
        spec: {selector: {matchLabels: {app: twin}}, template: {metadata: {labels: {app: twin}}, spec: {containers: [{name: twin}]}}}
        ---

        """;

    [TestCase("selector: {app: wep}", "No pod matches 'app=wep', so that this backend has no effect")]
    [TestCase("namespace: a, selector: {app: web}", "No pod in namespace 'a' matches 'app=web', so that this backend has no effect")]
    public void A_backend_that_selects_no_pod_is_a_warning(string backend, string message)
    {
        Problem warning = Reading.Of(Text($"backends: [{{{backend}, serviceTime: 1ms}}]")).Problems.Single();

        Assert.That((warning.Severity, warning.Position.Line, warning.Message), Is.EqualTo((Severity.Warning, 20, message)));
    }

    [TestCase("selector: {app: web}")]
    [TestCase("namespace: b, selector: {app: twin}")]
    [TestCase("selector: {k8s-app: kube-dns}")]
    public void A_backend_that_selects_pods_is_no_problem(string backend)
    {
        Assert.That(Reading.Of(Text($"backends: [{{{backend}, serviceTime: 1ms}}]")).Problems, Is.Empty);
    }

    [Test]
    public void A_backend_is_not_held_against_files_without_any_pods()
    {
        Assert.That(Reading.Of(Text("backends: [{selector: {app: web}, serviceTime: 1ms}]")[Deployments.Length..]).Problems, Is.Empty);
    }

    private static string Text(string spec) => $"{Deployments}apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {{name: x}}\nspec:\n  {spec}\n";
}
