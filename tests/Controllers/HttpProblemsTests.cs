using KubeNetSim.Tests.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>What a status will say is told beforehand, at its place in the file.</summary>
public class HttpProblemsTests
{
    private const string Wrong = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: door, namespace: shop}
        spec:
          gatewayClassName: any
          listeners:
          - {name: a, port: 80, protocol: HTTP}
          - {name: b, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: missing}]}}
          - {name: c, port: 80, protocol: TCP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{name: door, sectionName: x}]
          rules:
          - backendRefs: [{name: web, port: 80}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: inner}
        spec: {controller: example.com/inner}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: front, namespace: shop}
        spec:
          ingressClassName: outer
          defaultBackend: {service: {name: web, port: {number: 80}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: nobodys, namespace: shop, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}
        spec:
          rules: [{host: a.example}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: later, namespace: shop}
        spec:
          ingressClassName: outer
          tls: [{hosts: [b.example], secretName: missing}]
          rules: [{host: a.example, http: {paths: [{path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: earlier, namespace: shop}
        spec:
          ingressClassName: outer
          rules: [{host: a.example, http: {paths: [{path: /a/, pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: alone, namespace: shop}
        spec:
          rules:
          - filters:
            - {type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}}}
            - {type: ExtensionRef, extensionRef: {group: example.com, kind: Limit, name: l}}
        """;

    [TestCase("-:7:35: listener-not-valid spec.listeners[0].protocol", "ProtocolConflict")]
    [TestCase("-:8:66: listener-not-valid spec.listeners[1].tls.certificateRefs", "InvalidCertificateRef")]
    [TestCase("-:15:16: route-not-accepted spec.parentRefs[0]", "NoMatchingParent")]
    [TestCase("-:17:19: route-backend spec.rules[0].backendRefs[0]", "BackendNotFound")]
    [TestCase("-:28:21: ingress-class spec.ingressClassName", "outer")]
    [TestCase("-:29:19: ingress-backend spec.defaultBackend", "There is no Service shop/web")]
    [TestCase("-:35:3: ingress-class spec", "names no class")]
    [TestCase("-:42:42: ingress-certificate spec.tls[0].secretName", "holds Secret shop/missing")]
    [TestCase("-:33:102: not-simulated metadata.annotations[nginx.ingress.kubernetes.io/rewrite-target]", "one controller only")]
    [TestCase("-:42:17: ingress-certificate spec.tls[0].hosts", "for host b.example")]
    [TestCase("-:43:44: ingress-path-taken spec.rules[0].http.paths[0]", "Ingress shop/earlier")]
    [TestCase("-:56:3: route-without-parent spec", "no parent")]
    [TestCase("-:58:57: route-backend spec.rules[0].filters[0].requestMirror.backendRef", "BackendNotFound")]
    [TestCase("-:59:7: route-backend spec.rules[0].filters[1]", "InvalidKind")]
    public void Each_problem_has_its_place_and_the_reason_of_the_specification(string place, string said)
    {
        Scenario scenario = Reading.Scenario(Wrong);
        IEnumerable<Problem> problems = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Problems;

        IEnumerable<string> found = problems.Where(problem => problem.Message.Contains(said, StringComparison.Ordinal))
            .Select(problem => $"{problem.Position}: {problem.Rule} {problem.Field}");
        Assert.That(found, Has.Some.EqualTo(place));
    }

    [Test]
    public void Gateways_and_classes_in_use_get_a_Deployment_behind_one_LoadBalancer()
    {
        Scenario scenario = Reading.Scenario(Wrong);
        Cluster cluster = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster with { Cloud = CloudProvider.Aws }).Cluster;

        string[] balancers = [.. cluster.Services.Where(service => service.Type == ServiceType.LoadBalancer).Select(service => service.Meta.FullName)];
        Assert.That(balancers, Is.EquivalentTo(["shop/door-any", "ingress-system/ingress-controller-outer"]));
        Assert.That(cluster.Pods.Count(pod => pod.Meta.Labels.ContainsKey(RouterObjects.GatewayLabel)), Is.EqualTo(2));
        Assert.That(cluster.EndpointSlices.Where(slice => slice.ServiceName == "door-any").SelectMany(slice => slice.Endpoints).Count(), Is.EqualTo(2));
    }
}
