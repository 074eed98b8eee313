using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// The conditions that a controller writes. The facts are those of kubernetes-sigs/gateway-api conformance/tests gateway-invalid-*,
/// gateway-secret-*, gateway-with-attached-routes, httproute-disallowed-kind, httproute-invalid-parentref-*, httproute-invalid-*-backendref,
/// httproute-hostname-intersection and httproute-invalid-cross-namespace-parent-ref, and of apis/v1/gateway_types.go.
/// </summary>
public class GatewayStatusFacts
{
    private const string AnyRule = "rules: [{backendRefs: [{name: red, port: 80}]}]";

    [TestCase("name: door", "", "Accepted")]
    [TestCase("name: door, sectionName: other", "", "NoMatchingParent")]
    [TestCase("name: door, port: 81", "", "NoMatchingParent")]
    [TestCase("name: gate", "", "NoMatchingParent")]
    [TestCase("name: door", "hostnames: [other.example], ", "NoMatchingListenerHostname")]
    public void A_route_says_why_it_does_not_attach(string parent, string hostnames, string reason)
    {
        GivenHttp given = new(Gateway("[{name: web, port: 80, protocol: HTTP, hostname: \"*.house.example\"}]")
            + $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r, namespace: paint}}, spec: {{parentRefs: [{{{parent}}}], {hostnames}{AnyRule}}}}}\n");

        Assert.That(Reason(given.States.Routes[0].Parents[0].Conditions, "Accepted"), Is.EqualTo(reason));
        Assert.That(given.States.Gateways[0].Listeners[0].Routes, Has.Length.EqualTo(reason == "Accepted" ? 1 : 0));
    }

    [TestCase("Same", "store", "NotAllowedByListeners")]
    [TestCase("All", "store", "Accepted")]
    [TestCase("None", "paint", "NotAllowedByListeners")]
    [TestCase("Selector, selector: {matchLabels: {kubernetes.io/metadata.name: store}}", "store", "Accepted")]
    [TestCase("Selector, selector: {matchLabels: {team: x}}", "store", "NotAllowedByListeners")]
    public void A_listener_says_whose_routes_may_attach(string from, string space, string reason)
    {
        GivenHttp given = new(Gateway($"[{{name: web, port: 80, protocol: HTTP, allowedRoutes: {{namespaces: {{from: {from}}}}}}}]") + HttpRoute("r", AnyRule, space: space));

        Assert.That(Reason(given.States.Routes[0].Parents[0].Conditions, "Accepted"), Is.EqualTo(reason));
    }

    [TestCase("{name: missing, port: 80}", "BackendNotFound")]
    [TestCase("{name: tin, namespace: store, port: 80}", "RefNotPermitted")]
    [TestCase("{name: b, kind: Bucket, group: other.example}", "InvalidKind")]
    [TestCase("{name: elsewhere, port: 80}", "InvalidKind", Description = "of type ExternalName, which BackendObjectReference.kind advises against")]
    [TestCase("{name: red, port: 80}", "ResolvedRefs")]
    public void A_reference_that_leads_nowhere_is_not_resolved_and_the_route_is_accepted_all_the_same(string backend, string reason)
    {
        const string Elsewhere = "\n---\n{apiVersion: v1, kind: Service, metadata: {name: elsewhere, namespace: paint}, spec: {type: ExternalName, externalName: www.example.org, ports: [{port: 80}]}}\n";
        GivenHttp given = new(Elsewhere + Gateway() + HttpRoute("r", $"rules: [{{backendRefs: [{backend}]}}]"));

        Assert.That(Reason(given.States.Routes[0].Parents[0].Conditions, "ResolvedRefs"), Is.EqualTo(reason));
        Assert.That(Reason(given.States.Routes[0].Parents[0].Conditions, "Accepted"), Is.EqualTo("Accepted"));
        Assert.That(given.States.Gateways[0].Listeners[0].Routes, Has.Length.EqualTo(1));
    }

    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: missing}]}}", "ResolvedRefs", "InvalidCertificateRef")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: garbled}]}}", "ResolvedRefs", "InvalidCertificateRef")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c, kind: Cup, group: tea.example}]}}", "ResolvedRefs", "InvalidCertificateRef")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: good, namespace: store}]}}", "ResolvedRefs", "RefNotPermitted")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: good}]}}", "ResolvedRefs", "ResolvedRefs")]
    [TestCase("{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TeaRoute, group: tea.example}]}}", "ResolvedRefs", "InvalidRouteKinds")]
    [TestCase("{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}}", "ResolvedRefs", "InvalidRouteKinds")]
    [TestCase("{name: a, port: 80, protocol: tea.example/pot}", "Accepted", "UnsupportedProtocol")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, hostname: a.example, tls: {certificateRefs: [{name: good}]}}, {name: b, port: 443, protocol: TLS, hostname: a.example, tls: {mode: Passthrough}}", "Conflicted", "HostnameConflict")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, hostname: a.example, tls: {certificateRefs: [{name: good}]}}, {name: b, port: 443, protocol: TLS, hostname: b.example, tls: {mode: Passthrough}}", "Conflicted", "NoConflicts")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {options: {example.com/certificate: shared}}}", "ResolvedRefs", "ResolvedRefs")]
    [TestCase("{name: a, port: 53, protocol: UDP}, {name: b, port: 53, protocol: TCP}", "Conflicted", "NoConflicts")]
    [TestCase("{name: a, port: 80, protocol: http}", "Conflicted", "NoConflicts", Description = "protocols of any case")]
    [TestCase("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: TCP}", "Conflicted", "ProtocolConflict")]
    [TestCase("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: b.example}", "Conflicted", "NoConflicts")]
    public void A_listener_says_what_is_wrong_with_it(string listeners, string type, string reason)
    {
        const string Secrets = """

            ---
            {apiVersion: v1, kind: Secret, metadata: {name: good, namespace: paint}, type: kubernetes.io/tls, stringData: {tls.crt: "-----BEGIN CERTIFICATE-----", tls.key: "-----BEGIN PRIVATE KEY-----"}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: garbled, namespace: paint}, type: kubernetes.io/tls, data: {tls.crt: SGVsbG8=, tls.key: SGVsbG8=}}

            """;

        ListenerStatus status = new GivenHttp(Gateway($"[{listeners}]") + Secrets).States.Gateways[0].Listeners[0];

        Assert.That(Reason(status.Conditions, type), Is.EqualTo(reason));
        Assert.That(status.Conditions.Single(condition => condition.Type == "Programmed").IsTrue, Is.EqualTo(reason is "ResolvedRefs" or "NoConflicts"));
    }

    [Test]
    public void Kinds_that_a_listener_cannot_carry_are_left_out_of_those_that_it_supports()
    {
        ListenerStatus status = new GivenHttp(Gateway("[{name: a, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TeaRoute}, {kind: HTTPRoute}]}}]")).States.Gateways[0].Listeners[0];

        Assert.That(status.SupportedKinds, Is.EqualTo([RouteKind.HTTPRoute]));
        Assert.That(Reason(status.Conditions, "ResolvedRefs"), Is.EqualTo("InvalidRouteKinds"));
    }

    [Test]
    public void A_route_of_another_kind_than_the_listener_allows_does_not_attach()
    {
        GivenHttp given = new(Gateway("[{name: t, port: 443, protocol: TLS, tls: {mode: Passthrough}}]") + HttpRoute("r", AnyRule));

        Assert.That(Reason(given.States.Routes[0].Parents[0].Conditions, "Accepted"), Is.EqualTo("NotAllowedByListeners"));
    }

    private static string Reason(IEnumerable<Condition> conditions, string type) => conditions.Single(condition => condition.Type == type).Reason;
}
