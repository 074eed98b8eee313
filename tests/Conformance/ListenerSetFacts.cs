using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Listeners that ListenerSets add to a Gateway. The facts are those of gateway-api GEP-1713 and of its conformance/tests listenerset-*.
/// </summary>
public class ListenerSetFacts
{
    private const string AnyRule = "rules: [{backendRefs: [{name: red, port: 80}]}]";

    private const string More = "[{name: more, port: 8080, protocol: HTTP, hostname: more.example}]";

    [TestCase("", "paint", false, Description = "a Gateway takes none unless it says so")]
    [TestCase(", allowedListeners: {namespaces: {from: Same}}", "paint", true)]
    [TestCase(", allowedListeners: {namespaces: {from: Same}}", "store", false)]
    [TestCase(", allowedListeners: {namespaces: {from: All}}", "store", true)]
    [TestCase(", allowedListeners: {namespaces: {from: None}}", "paint", false)]
    [TestCase(", allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: store}}}}", "store", true)]
    public void A_gateway_says_whose_listeners_it_takes(string allowed, string space, bool isTaken)
    {
        GivenHttp given = new(Gateway(more: allowed) + Set("extra", More, space));

        Assert.That(given.States.ListenerSets[0].Conditions[0].IsTrue, Is.EqualTo(isTaken));
        Assert.That(given.States.ListenerSets[0].Conditions[0].Reason, Is.EqualTo(isTaken ? "Accepted" : "NotAllowed"));
        Assert.That(given.States.Gateways[0].Listeners.Select(status => status.Listener.Name), Is.EqualTo(isTaken ? ["web", "more"] : (string[])["web"]));
    }

    [Test]
    public void A_route_attaches_to_the_listeners_of_the_object_that_it_names()
    {
        GivenHttp given = new(Gateway(more: ", allowedListeners: {namespaces: {from: Same}}") + Set("extra", More)
            + HttpRoute("own", "rules: [{backendRefs: [{name: green, port: 80}]}]") + Route("added", "name: extra"));

        Assert.That(given.ByGateway("http://more.example:8080/"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("http://more.example/"), Is.EqualTo("green"));
    }

    [TestCase("name: extra, sectionName: more", "Accepted")]
    [TestCase("name: extra, sectionName: web", "NoMatchingParent")]
    [TestCase("name: other", "NoMatchingParent")]
    public void A_route_says_why_it_does_not_attach_to_a_set(string parent, string reason)
    {
        GivenHttp given = new(Gateway(more: ", allowedListeners: {namespaces: {from: Same}}") + Set("extra", More) + Route("r", parent));

        Assert.That(given.States.Routes[0].Parents[0].Conditions[0].Reason, Is.EqualTo(reason));
    }

    [Test]
    public void Of_listeners_that_conflict_the_gateways_own_wins_then_the_oldest_set()
    {
        const string Same = "[{name: a, port: 80, protocol: HTTP}, {name: b, port: 81, protocol: HTTP}]";
        GivenHttp given = new(Gateway(more: ", allowedListeners: {namespaces: {from: Same}}")
            + Set("young", Same, meta: ", creationTimestamp: \"2026-02-01T00:00:00Z\"") + Set("old", Same, meta: ", creationTimestamp: \"2026-01-01T00:00:00Z\""));

        string[] accepted = [.. given.States.Gateways[0].Listeners.Where(status => status.Conditions[0].IsTrue).Select(status => $"{status.Listener.Set?.Name}/{status.Listener.Name}")];
        Assert.That(accepted, Is.EqualTo(["/web", "old/b"]));
        Assert.That(given.States.Gateways[0].Conditions[0].IsTrue, Is.True);
        Assert.That(given.States.ListenerSets.Select(status => status.Conditions[0].Reason), Is.EqualTo(["ListenersNotValid", "Accepted"]));
    }

    [TestCase("Gateway", "RefNotPermitted", Description = "grants for the Gateway are not for its sets")]
    [TestCase("ListenerSet", "ResolvedRefs")]
    public void A_certificate_of_another_namespace_is_granted_to_listener_sets(string kind, string reason)
    {
        const string Tls = "[{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert, namespace: store}]}}]";
        GivenHttp given = new(Gateway(more: ", allowedListeners: {namespaces: {from: Same}}") + Set("extra", Tls)
            + "\n---\n{apiVersion: v1, kind: Secret, metadata: {name: cert, namespace: store}, type: kubernetes.io/tls, stringData: {tls.crt: \"-----BEGIN CERTIFICATE-----\", tls.key: \"-----BEGIN PRIVATE KEY-----\"}}\n"
            + $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {{name: g, namespace: store}}, spec: {{from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: paint}}], to: [{{group: \"\", kind: Secret}}]}}}}\n");

        Assert.That(given.States.ListenerSets[0].Listeners[0].Conditions.Single(condition => condition.Type == "ResolvedRefs").Reason, Is.EqualTo(reason));
    }

    private static string Set(string name, string listeners, string space = "paint", string meta = "") =>
        $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: ListenerSet, metadata: {{name: {name}, namespace: {space}{meta}}}, spec: {{parentRef: {{name: door, namespace: paint}}, listeners: {listeners}}}}}\n";

    private static string Route(string name, string parent) =>
        $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}, namespace: paint}}, spec: {{parentRefs: [{{{parent}, kind: ListenerSet, group: gateway.networking.k8s.io}}], {AnyRule}}}}}\n";
}
