using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Redirects, requests of browsers from other pages, and backends of every kind. The facts are those of kubernetes-sigs/gateway-api
/// conformance/tests httproute-redirect-port-and-scheme, httproute-cors, httproute-service-types, httproute-backend-protocol-h2c,
/// httproute-https-listener, httproute-request-mirror and httproute-partially-invalid-via-invalid-reference-grant, tlsroute-invalid-reference-grant,
/// grpcroute-header-matching and grpcroute-weight, and of the comments of HTTPRequestRedirectFilter and HTTPCORSFilter.
/// </summary>
public class GatewayAnswerFacts
{
    private const string Listeners =
        "[{name: plain, port: 80, protocol: HTTP}, {name: other, port: 8080, protocol: HTTP}, {name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}]";

    [TestCase("http://a.example/", "port: 80", "http 80")]
    [TestCase("http://a.example/", "port: 8081", "http 8081")]
    [TestCase("http://a.example/", "scheme: https", "https 443")]
    [TestCase("http://a.example/", "scheme: https, port: 8443", "https 8443")]
    [TestCase("http://a.example:8080/", "hostname: b.example", "http 8080", Description = "the listener's port")]
    [TestCase("http://a.example:8080/", "port: 80", "http 80")]
    [TestCase("http://a.example:8080/", "scheme: https", "https 443")]
    [TestCase("https://a.example/", "hostname: b.example", "https 443")]
    [TestCase("https://a.example/", "port: 8443", "https 8443")]
    [TestCase("https://a.example/", "scheme: http", "http 80")]
    [TestCase("https://a.example/", "scheme: http, port: 8080", "http 8080")]
    public void A_redirect_goes_to_the_port_that_it_names_or_that_of_its_scheme_or_of_the_listener(string url, string redirect, string place)
    {
        GivenHttp given = new(Gateway(Listeners) + HttpRoute("r", $"rules: [{{filters: [{{type: RequestRedirect, requestRedirect: {{{redirect}}}}}]}}]"));

        HttpOutcome outcome = given.AtGateway(url).Outcomes.Single();

        Assert.That($"{outcome.Redirect!.Scheme} {outcome.Redirect.Port}", Is.EqualTo(place));
    }

    [TestCase("https://a.house.example/", "red")]
    [TestCase("https://a.shed.example/", "green")]
    [TestCase("https://b.shed.example/", "404", Description = "the listener has the host, no route has")]
    [TestCase("https://a.garden.example/", "404", Description = "no listener has the host")]
    [TestCase("http://a.house.example/", "0", Description = "nobody listens without TLS")]
    public void Listeners_that_end_TLS_are_told_apart_by_the_host(string url, string answer)
    {
        GivenHttp given = new(Gateway("[{name: h, port: 443, protocol: HTTPS, hostname: a.house.example, tls: {certificateRefs: [{name: c}]}}, {name: s, port: 443, protocol: HTTPS, hostname: \"*.shed.example\", tls: {certificateRefs: [{name: c}]}}]")
            + HttpRoute("house", $"hostnames: [a.house.example], rules: [{Rule("{path: {value: /}}", "red")}]")
            + HttpRoute("shed", $"hostnames: [a.shed.example], rules: [{Rule("{path: {value: /}}", "green")}]"));

        Assert.That(given.ByGateway(url), Is.EqualTo(answer));
    }

    /// <summary>The comment of Listener.hostname in apis/v1/gateway_types.go, and httproute-https-listener-detect-misdirected-requests.</summary>
    [TestCase("house.example", "house.example", "red")]
    [TestCase("house.example", "shed.example", "421", Description = "another listener's, and there by name")]
    [TestCase("house.example", "barn.example", "421", Description = "no name is left but the one for every host")]
    [TestCase("a.yard.example", "b.yard.example", "green", Description = "the same listener's")]
    [TestCase("a.yard.example", "shed.yard.example", "421", Description = "another listener has it more closely")]
    [TestCase("barn.example", "barn.example", "blue")]
    [TestCase("barn.example", "house.example", "421")]
    [TestCase("barn.example", "attic.example", "blue")]
    public void A_request_on_a_connection_for_another_listener_is_misdirected(string serverName, string host, string answer)
    {
        string Listener(string name, string hostname) => $"{{name: {name}, port: 443, protocol: HTTPS, {hostname}tls: {{certificateRefs: [{{name: c}}]}}}}";
        string Route(string name, string backend) =>
            $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}, namespace: paint}}, spec: {{parentRefs: [{{name: door, sectionName: {name}}}], rules: [{{backendRefs: [{{name: {backend}, port: 80}}]}}]}}}}\n";
        GivenHttp given = new(Gateway($"[{Listener("house", "hostname: house.example, ")}, {Listener("shed", "hostname: shed.example, ")}, {Listener("yard", "hostname: \"*.yard.example\", ")}, {Listener("shed-yard", "hostname: shed.yard.example, ")}, {Listener("any", "")}]")
            + Route("house", "red") + Route("shed", "red") + Route("yard", "green") + Route("shed-yard", "red") + Route("any", "blue"));

        Assert.That(given.ByConnection(serverName, $"https://{host}/"), Is.EqualTo(answer));
    }

    [Test]
    public void A_connection_for_a_listener_that_has_not_the_host_finds_nothing_where_no_other_has_it()
    {
        GivenHttp given = new(Gateway("[{name: house, port: 443, protocol: HTTPS, hostname: house.example, tls: {certificateRefs: [{name: c}]}}]") + HttpRoute("r", "rules: [{backendRefs: [{name: red, port: 80}]}]"));

        Assert.That(given.ByConnection("house.example", "https://barn.example/"), Is.EqualTo("404"));
    }

    [TestCase("https://one.example", "https://one.example")]
    [TestCase("https://a.b.two.example", "https://a.b.two.example", Description = "a star stands for any number of labels")]
    [TestCase("https://two.example", null)]
    [TestCase("http://one.example", null, Description = "another scheme is another origin")]
    public void A_preflight_request_learns_whether_its_origin_is_allowed(string origin, string? allowed)
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", ", filters: [{type: CORS, cors: {allowOrigins: [\"https://one.example\", \"https://*.two.example\"], allowMethods: [GET, PUT], allowHeaders: [x-one, x-two], exposeHeaders: [x-three], allowCredentials: true, maxAge: 3600}}]")}]"));

        HttpOutcome preflight = given.AtGateway("http://any.example/", "OPTIONS", ("Origin", origin), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-one")).Outcomes[0];
        HttpOutcome request = given.AtGateway("http://any.example/", "PUT", ("Origin", origin)).Outcomes[0];

        Assert.That(preflight.Backend, Is.Null, "the router answers it");
        Assert.That(request.Backend!.Name, Is.EqualTo("paint/red"), "whatever the origin: the browser decides");
        Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.EqualTo(allowed));
        Assert.That(Header(request, "Access-Control-Allow-Origin"), Is.EqualTo(allowed));
        Assert.That(Header(preflight, "Access-Control-Allow-Methods"), Is.EqualTo(allowed is null ? null : "GET, PUT"));
        Assert.That(Header(preflight, "Access-Control-Max-Age"), Is.EqualTo(allowed is null ? null : "3600"));
        Assert.That(Header(preflight, "Access-Control-Expose-Headers"), Is.EqualTo(allowed is null ? null : "x-three"));
        Assert.That(Header(request, "Access-Control-Expose-Headers"), Is.EqualTo(allowed is null ? null : "x-three"));
    }

    [TestCase("false", "*", "*")]
    [TestCase("true", "https://one.example", "PUT", Description = "with credentials a star would mean nothing")]
    public void A_star_is_answered_with_what_was_asked_where_credentials_go_along(string credentials, string origin, string methods)
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", $", filters: [{{type: CORS, cors: {{allowOrigins: [\"*\"], allowMethods: [\"*\"], allowCredentials: {credentials}}}}}]")}]"));

        HttpOutcome preflight = given.AtGateway("http://any.example/", "OPTIONS", ("Origin", "https://one.example"), ("Access-Control-Request-Method", "PUT")).Outcomes[0];

        Assert.That(Header(preflight, "Access-Control-Allow-Origin"), Is.EqualTo(origin));
        Assert.That(Header(preflight, "Access-Control-Allow-Methods"), Is.EqualTo(methods));
    }

    [TestCase("clusterIP: None", "10.0.0.9", "any")]
    [TestCase("type: ClusterIP", "10.0.0.9", "any", Description = "endpoints by hand, no selector")]
    [TestCase("type: ClusterIP", "", "503", Description = "and without any")]
    public void A_Service_of_any_type_answers_where_it_has_an_endpoint(string spec, string address, string answer)
    {
        string endpoints = address.Length == 0 ? "" : $"{{addresses: [{address}]}}";
        GivenHttp given = new(Gateway() + HttpRoute("r", "rules: [{backendRefs: [{name: any, port: 80}]}]")
            + $"\n---\n{{apiVersion: v1, kind: Service, metadata: {{name: any, namespace: paint}}, spec: {{{spec}, ports: [{{name: http, port: 80, appProtocol: kubernetes.io/h2c}}]}}}}\n"
            + $"\n---\n{{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {{name: any-1, namespace: paint, labels: {{kubernetes.io/service-name: any}}}}, addressType: IPv4, ports: [{{name: http, port: 80}}], endpoints: [{endpoints}]}}\n");

        Assert.That(given.ByGateway("http://any.example/"), Is.EqualTo(answer));
    }

    [Test]
    public void Several_mirrors_get_copies_and_one_that_leads_nowhere_stops_nothing()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", ", filters: [{type: RequestMirror, requestMirror: {backendRef: {name: green, port: 80}}}, {type: RequestMirror, requestMirror: {backendRef: {name: blue, port: 80}, fraction: {numerator: 1, denominator: 4}}}, {type: RequestMirror, requestMirror: {backendRef: {name: missing, port: 80}}}]")}]"));

        HttpDecision decision = given.AtGateway("http://any.example/");

        Assert.That(decision.Outcomes.Single().Backend!.Name, Is.EqualTo("paint/red"));
        Assert.That(decision.Mirrors.Where(mirror => mirror.Backend.Resolved.IsValid).Select(mirror => (mirror.Backend.Name, mirror.Share)), Is.EqualTo([("paint/green", 1.0), ("paint/blue", 0.25)]));
    }

    [Test]
    public void A_rule_whose_reference_is_not_permitted_answers_500_and_the_others_go_on()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /fine}}", "red")}, {{matches: [{{path: {{value: /not}}}}], backendRefs: [{{name: tin, namespace: store, port: 80}}]}}]"));

        Assert.That(given.ByGateway("http://any.example/fine"), Is.EqualTo("red"));
        Assert.That(given.ByGateway("http://any.example/not"), Is.EqualTo("500"));
        Assert.That(given.States.Routes[0].Parents[0].Conditions.Select(condition => condition.Reason), Is.EqualTo(["Accepted", "RefNotPermitted"]));
    }

    [Test]
    public void A_connection_whose_backend_is_not_permitted_is_closed()
    {
        GivenHttp given = new(Gateway("[{name: t, port: 443, protocol: TLS, tls: {mode: Passthrough}}]")
            + HttpRoute("t", "hostnames: [a.example], rules: [{backendRefs: [{name: tin, namespace: store, port: 80}]}]", "TLSRoute"));

        Assert.That(given.ByGateway("tls://a.example/"), Is.EqualTo("0"));
        Assert.That(given.States.Routes[0].Parents[0].Conditions.Select(condition => condition.Reason), Is.EqualTo(["Accepted", "RefNotPermitted"]));
    }

    [Test]
    public void Calls_of_gRPC_are_matched_by_headers_and_shared_by_weight()
    {
        GivenHttp given = new(Gateway() + HttpRoute("g", $"rules: [{Rule("{headers: [{name: shade, value: dark}]}", "blue")}, {{backendRefs: [{{name: red, port: 80, weight: 7}}, {{name: green, port: 80, weight: 3}}]}}]", "GRPCRoute"));

        Assert.That(given.ByGateway("grpc://any.example/paint.Mixer/Stir", "POST", ("Shade", "dark")), Is.EqualTo("blue"));
        Assert.That(given.ByGateway("grpc://any.example/paint.Mixer/Stir", "POST"), Is.EqualTo("red*0.7 green*0.3"));
    }

    private static string? Header(HttpOutcome outcome, string name) =>
        outcome.ResponseHeaders.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
