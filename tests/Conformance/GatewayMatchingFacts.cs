using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which rule of a Gateway's routes wins. The facts are those of kubernetes-sigs/gateway-api conformance/tests httproute-matching,
/// httproute-exact-path-matching, httproute-header-matching, httproute-query-param-matching, httproute-method-matching,
/// httproute-path-match-order, httproute-hostname-intersection, httproute-listener-port-matching and gateway-http-listener-isolation.
/// </summary>
public class GatewayMatchingFacts
{
    [TestCase("/", "red")]
    [TestCase("/deck", "green")]
    [TestCase("/deck/", "green")]
    [TestCase("/deck/chair", "blue")]
    [TestCase("/decking", "red")]
    [TestCase("/Deck", "red", Description = "case counts")]
    public void Exact_before_the_longer_prefix(string path, string service)
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red")}, {Rule("{path: {value: /deck}}", "green")}, {Rule("{path: {type: Exact, value: /deck/chair}}", "blue")}]"));

        Assert.That(given.ByGateway($"http://any.example{path}"), Is.EqualTo(service));
    }

    [Test]
    public void More_headers_win_and_their_names_are_of_any_case()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{headers: [{name: size, value: l}]}", "red")}, {Rule("{headers: [{name: size, value: l}, {name: kind, value: oil}]}", "green")}]"));

        Assert.That(given.ByGateway("http://any.example/", "GET", ("Size", "l")), Is.EqualTo("red"));
        Assert.That(given.ByGateway("http://any.example/", "GET", ("SIZE", "l"), ("Kind", "oil")), Is.EqualTo("green"));
        Assert.That(given.ByGateway("http://any.example/", "GET", ("kind", "oil")), Is.EqualTo("404"));
    }

    [Test]
    public void The_matches_of_a_rule_are_alternatives_and_its_conditions_hold_together()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /a}, method: PUT}, {queryParams: [{name: tone, value: warm}]}", "red")}]"));

        Assert.That(given.ByGateway("http://any.example/a", "PUT"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("http://any.example/a"), Is.EqualTo("404"));
        Assert.That(given.ByGateway("http://any.example/b?tone=warm&x=1"), Is.EqualTo("red"));
    }

    [Test]
    public void A_longer_path_beats_a_method_and_a_method_beats_headers_and_these_beat_query_parameters()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{queryParams: [{name: a, value: \"1\"}, {name: b, value: \"2\"}]}", "red")}, {Rule("{headers: [{name: h, value: v}]}", "green")}, {Rule("{method: GET}", "blue")}, {Rule("{path: {value: /long}}", "tin-not-here")}]"));

        Assert.That(given.ByGateway("http://any.example/?a=1&b=2", "PUT", ("h", "v")), Is.EqualTo("green"));
        Assert.That(given.ByGateway("http://any.example/?a=1&b=2", "GET", ("h", "v")), Is.EqualTo("blue"));
        Assert.That(given.ByGateway("http://any.example/?a=1&b=2", "PUT"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("http://any.example/long?a=1&b=2", "GET", ("h", "v")), Is.EqualTo("500"));
    }

    [Test]
    public void Of_equals_the_older_route_wins_then_the_first_by_name_then_the_first_rule()
    {
        GivenHttp given = Routes(
            ("b", $"rules: [{Rule("{path: {value: /same}}", "red")}]"),
            ("a", $"rules: [{Rule("{path: {value: /same}}", "green")}, {Rule("{path: {value: /same}}", "blue")}]"));

        Assert.That(given.ByGateway("http://any.example/same"), Is.EqualTo("green"));
    }

    [TestCase("a.house.example", "red")]
    [TestCase("b.house.example", "green")]
    [TestCase("x.b.house.example", "green", Description = "a wildcard stands for several labels")]
    [TestCase("house.example", "blue")]
    public void The_more_specific_host_wins(string host, string service)
    {
        GivenHttp given = Routes(
            ("all", $"rules: [{Rule("{path: {value: /}}", "blue")}]"),
            ("wild", $"hostnames: [\"*.house.example\"], rules: [{Rule("{path: {value: /}}", "green")}]"),
            ("one", $"hostnames: [a.house.example], rules: [{Rule("{path: {value: /}}", "red")}]"));

        Assert.That(given.ByGateway($"http://{host}/"), Is.EqualTo(service));
    }

    [TestCase("hostname: \"*.house.example\"")]
    [TestCase("hostname: a.house.example", Description = "HTTPRouteSpec.hostnames: the route's own host decides, be the listener as narrow")]
    public void An_exact_host_of_a_route_comes_before_a_wildcard_and_a_longer_path(string listener)
    {
        GivenHttp given = new(Gateway($"[{{name: web, port: 80, protocol: HTTP, {listener}}}]")
            + HttpRoute("exact", $"hostnames: [a.house.example], rules: [{Rule("{path: {value: /}}", "red")}]")
            + HttpRoute("wild", $"hostnames: [\"*.house.example\"], rules: [{Rule("{path: {value: /long}}", "green")}]"));

        Assert.That(given.ByGateway("http://a.house.example/long"), Is.EqualTo("red"));
    }

    [TestCase("http://a.house.example/", "red")]
    [TestCase("http://b.house.example/", "404", Description = "the route has it, the listener does not")]
    public void A_route_serves_only_hosts_that_it_has_in_common_with_the_listener(string url, string answer)
    {
        GivenHttp given = new(Gateway("[{name: web, port: 80, protocol: HTTP, hostname: a.house.example}]")
            + HttpRoute("r", $"hostnames: [\"*.house.example\", other.example], rules: [{Rule("{path: {value: /}}", "red")}]"));

        Assert.That(given.ByGateway(url), Is.EqualTo(answer));
    }

    [TestCase("http://a.house.example/one", "red")]
    [TestCase("http://a.house.example/all", "404", Description = "the listener for all hosts is not asked")]
    [TestCase("http://b.house.example/wild", "green")]
    [TestCase("http://b.house.example/all", "404")]
    [TestCase("http://other.example/all", "blue")]
    public void Only_the_most_specific_listener_is_asked(string url, string answer)
    {
        string Route(string name, string listener, string path, string service) =>
            $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}, namespace: paint}}, spec: {{parentRefs: [{{name: door, sectionName: {listener}}}], rules: [{Rule($"{{path: {{value: {path}}}}}", service)}]}}}}\n";

        GivenHttp given = new(Gateway("[{name: all, port: 80, protocol: HTTP}, {name: wild, port: 80, protocol: HTTP, hostname: \"*.house.example\"}, {name: one, port: 80, protocol: HTTP, hostname: a.house.example}]")
            + Route("r1", "all", "/all", "blue") + Route("r2", "wild", "/wild", "green") + Route("r3", "one", "/one", "red"));

        Assert.That(given.ByGateway(url), Is.EqualTo(answer));
    }

    [Test]
    public void A_gRPC_call_is_matched_by_service_and_method()
    {
        GivenHttp given = new(Gateway() + HttpRoute("g", $"rules: [{Rule("{method: {service: paint.Mixer}}", "red")}, {Rule("{method: {service: paint.Mixer, method: Stir}}", "green")}, {Rule("{method: {method: Pour}}", "blue")}]", "GRPCRoute"));

        Assert.That(given.ByGateway("grpc://any.example/paint.Mixer/Stir", "POST"), Is.EqualTo("green"));
        Assert.That(given.ByGateway("grpc://any.example/paint.Mixer/Shake", "POST"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("grpc://any.example/other.Thing/Pour", "POST"), Is.EqualTo("blue"));
        Assert.That(given.ByGateway("grpc://any.example/other.Thing/Stir", "POST"), Is.EqualTo("404"));
    }

    [Test]
    public void Connections_are_routed_by_server_name_or_by_port()
    {
        GivenHttp given = new(Gateway("[{name: t, port: 443, protocol: TLS, tls: {mode: Passthrough}}, {name: c, port: 9000, protocol: TCP}, {name: u, port: 53, protocol: UDP}]")
            + HttpRoute("tls", "hostnames: [a.example], rules: [{backendRefs: [{name: red, port: 80}]}]", "TLSRoute")
            + HttpRoute("tcp", "rules: [{backendRefs: [{name: green, port: 80}]}]", "TCPRoute")
            + HttpRoute("udp", "rules: [{backendRefs: [{name: blue, port: 53}]}]", "UDPRoute"));

        Assert.That(given.ByGateway("tls://a.example/"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("https://a.example/"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("https://b.example/"), Is.EqualTo("0"), "no HTTP answer: nobody ends the TLS connection");
        Assert.That(given.ByGateway("tcp://any.example:9000"), Is.EqualTo("green"));
        Assert.That(given.ByGateway("udp://any.example:53"), Is.EqualTo("blue"));
        Assert.That(given.ByGateway("tcp://any.example:9001"), Is.EqualTo("0"));
    }
}
