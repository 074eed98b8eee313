using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// What a Gateway says of itself, its addresses and its infrastructure, and which routes count as attached. The facts are those of
/// kubernetes-sigs/gateway-api conformance/tests gateway-with-attached-routes, gateway-static-addresses, gateway-infrastructure,
/// gateway-secret-reference-grant-* and gateway-name-maximum-length, and of apis/v1/gateway_types.go and grpcroute_types.go.
/// </summary>
public class GatewayLifecycleFacts
{
    private const string Red = "rules: [{backendRefs: [{name: red, port: 80}]}]";
    private const string Web = "{name: web, port: 80, protocol: HTTP}";
    private const string Unresolved = "{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: missing}]}}";

    [TestCase(Web, "Accepted True Accepted, Programmed True Programmed, ResolvedRefs True ResolvedRefs")]
    [TestCase(Web + ", " + Unresolved, "Accepted True Accepted, Programmed True Programmed, ResolvedRefs False ListenersNotResolved")]
    [TestCase(Web + ", {name: tea, port: 81, protocol: tea.example/pot}", "Accepted True ListenersNotValid, Programmed True Programmed, ResolvedRefs True ResolvedRefs")]
    [TestCase("{name: tea, port: 81, protocol: tea.example/pot}", "Accepted False ListenersNotValid, Programmed False Invalid, ResolvedRefs True ResolvedRefs")]
    public void A_Gateway_sums_up_its_listeners(string listeners, string conditions)
    {
        GatewayStatus status = new GivenHttp(Gateway($"[{listeners}]"), CloudProvider.Metallb).States.Gateways[0];

        Assert.That(Text(status.Conditions), Is.EqualTo(conditions));
    }

    [Test]
    public void Routes_that_are_accepted_count_whatever_the_state_of_the_listener_or_of_their_backends()
    {
        GivenHttp given = new(Gateway($"[{Web}, {Unresolved}]")
            + HttpRoute("fine", Red)
            + HttpRoute("lost", "rules: [{backendRefs: [{name: missing, port: 80}]}]")
            + HttpRoute("other", "hostnames: [a.example], " + Red, space: "store"));

        Assert.That(given.States.Gateways[0].Listeners.Select(listener => listener.Routes.Length), Is.EqualTo([2, 2]));
    }

    [TestCase("type: IPAddress, value: 203.0.113.77", "Programmed True Programmed")]
    [TestCase("type: IPAddress", "Programmed True Programmed", Description = "any address will do")]
    [TestCase("type: IPAddress, value: 192.0.2.1", "Programmed False AddressNotUsable", Description = "not in the pool")]
    [TestCase("type: Hostname, value: door.example", "Programmed False AddressNotUsable")]
    [TestCase("type: tea.example/table, value: window", "Programmed False Invalid")]
    public void An_address_that_cannot_be_had_stops_a_Gateway(string address, string condition)
    {
        GatewayStatus status = new GivenHttp(Gateway(more: $", addresses: [{{{address}}}]"), CloudProvider.Metallb).States.Gateways[0];

        Assert.That(Text(status.Conditions), Does.Contain(condition));
    }

    [Test]
    public void A_Gateway_that_is_not_accepted_serves_nobody()
    {
        GivenHttp given = new(Gateway(more: ", addresses: [{type: tea.example/table, value: window}]") + HttpRoute("r", Red));

        Assert.That(given.ByGateway("http://any.example/"), Is.EqualTo("0"));
    }

    [Test]
    public void Without_a_cloud_a_Gateway_waits_for_its_address() =>
        Assert.That(Text(new GivenHttp(Gateway(), CloudProvider.None).States.Gateways[0].Conditions), Does.Contain("Programmed False AddressNotAssigned"));

    [Test]
    public void Labels_and_annotations_of_the_infrastructure_are_on_what_is_made_for_the_Gateway()
    {
        Cluster cluster = new GivenHttp(Gateway(more: ", infrastructure: {labels: {team: paint}, annotations: {example.com/size: small}}"), CloudProvider.None).Cluster;

        Service service = cluster.Services.Single(service => service.Meta.Name == "door-any");
        Assert.That(service.Meta.Labels["team"], Is.EqualTo("paint"));
        Assert.That(service.Meta.Annotations["example.com/size"], Is.EqualTo("small"));
        Assert.That(cluster.Pods.Where(pod => pod.Meta.Labels.ContainsKey(RouterObjects.GatewayLabel)).Select(pod => pod.Meta.Labels["team"]), Is.EqualTo(["paint", "paint"]));
    }

    [Test]
    public void Long_names_that_begin_alike_make_two_Services()
    {
        string name = new('a', 200);
        string Long(string end) => Gateway().Replace("name: door", $"name: {name}{end}", StringComparison.Ordinal);

        string[] services = [.. new GivenHttp(Long("x") + Long("y"), CloudProvider.None).Cluster.Services.Where(RouterObjects.IsRouter).Select(service => service.Meta.Name)];

        Assert.That(services, Is.Unique.And.Length.EqualTo(2));
        Assert.That(services.Select(service => service.Length), Is.All.LessThanOrEqualTo(63));
    }

    [TestCase("to: [{group: \"\", kind: Secret}]", "ResolvedRefs", Description = "every Secret of the namespace")]
    [TestCase("to: [{group: \"\", kind: Secret, name: key}]", "ResolvedRefs")]
    [TestCase("to: [{group: \"\", kind: Secret, name: other}]", "RefNotPermitted")]
    [TestCase("to: [{group: \"\", kind: Service}]", "RefNotPermitted")]
    public void A_certificate_of_another_namespace_needs_a_ReferenceGrant_there(string to, string reason)
    {
        const string Secret = "\n---\n{apiVersion: v1, kind: Secret, metadata: {name: key, namespace: store}, stringData: {tls.crt: \"-----BEGIN CERTIFICATE-----\", tls.key: \"-----BEGIN PRIVATE KEY-----\"}}\n";
        string grant = $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {{name: g, namespace: store}}, spec: {{from: [{{group: gateway.networking.k8s.io, kind: Gateway, namespace: paint}}], {to}}}}}\n";

        ListenerStatus status = new GivenHttp(Gateway("[{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: key, namespace: store}]}}]") + Secret + grant).States.Gateways[0].Listeners[0];

        Assert.That(status.Conditions.Single(condition => condition.Type == "ResolvedRefs").Reason, Is.EqualTo(reason));
    }

    [Test]
    public void Listeners_whose_hosts_overlap_say_so_where_they_end_TLS_at_one_port()
    {
        string Listener(string name, string hostname) => $"{{name: {name}, port: 443, protocol: HTTPS, hostname: \"{hostname}\", tls: {{certificateRefs: [{{name: c}}]}}}}";

        IEnumerable<string> overlapping = new GivenHttp(Gateway($"[{Listener("a", "one.house.example")}, {Listener("b", "one.shed.example")}, {Listener("c", "*.house.example")}]"))
            .States.Gateways[0].Listeners.Where(status => status.Conditions.Any(condition => condition is { Type: "OverlappingTLSConfig", IsTrue: true, Reason: "OverlappingHostnames" })).Select(status => status.Listener.Name);

        Assert.That(overlapping, Is.EqualTo(["a", "c"]));
    }

    [TestCase("old", "young", "web True, calls False", Description = "the older one")]
    [TestCase("young", "old", "web False, calls True")]
    [TestCase("old", "old", "web False, calls True", Description = "of the same age the first by name")]
    public void A_host_of_a_listener_belongs_to_HTTPRoutes_or_to_GRPCRoutes(string web, string calls, string accepted)
    {
        string Age(string age) => $", creationTimestamp: \"2026-0{(age == "old" ? 1 : 2)}-01T00:00:00Z\"";

        GivenHttp given = new(Gateway()
            + HttpRoute("web", "hostnames: [\"*.house.example\"], " + Red, meta: Age(web))
            + HttpRoute("calls", "hostnames: [a.house.example], " + Red, "GRPCRoute", meta: Age(calls))
            + HttpRoute("elsewhere", "hostnames: [a.shed.example], " + Red, "GRPCRoute"));

        Assert.That(string.Join(", ", given.States.Routes.Take(2).Select(status => $"{status.Route.Meta.Name} {status.Parents[0].Conditions[0].IsTrue}")), Is.EqualTo(accepted));
        Assert.That(given.States.Routes[2].Parents[0].Conditions[0].IsTrue, "its host is free");
        Assert.That(given.States.Gateways[0].Listeners[0].Routes, Has.Length.EqualTo(2));
    }

    private static string Text(IEnumerable<Condition> conditions) =>
        string.Join(", ", conditions.Select(condition => $"{condition.Type} {condition.IsTrue} {condition.Reason}"));
}
