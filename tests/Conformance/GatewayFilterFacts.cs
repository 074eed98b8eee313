using System.Globalization;
using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;
using static KubeNetSim.Tests.DataPlane.Http.GivenHttp;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// What a Gateway does to requests. The facts are those of kubernetes-sigs/gateway-api conformance/tests httproute-redirect-*,
/// httproute-rewrite-*, httproute-request-header-modifier, httproute-response-header-modifier, httproute-request-mirror, httproute-weight,
/// httproute-all-backends-weight-zero, httproute-invalid-*, httproute-reference-grant, and of the tables at
/// HTTPPathModifier and HTTPRequestRedirectFilter in apis/v1/httproute_types.go.
/// </summary>
public class GatewayFilterFacts
{
    [TestCase("/paint/red", "/paint", "/oil", "/oil/red")]
    [TestCase("/paint/red", "/paint", "/oil/", "/oil/red")]
    [TestCase("/paint/red", "/paint/", "/oil", "/oil/red")]
    [TestCase("/paint/red", "/paint/", "/oil/", "/oil/red")]
    [TestCase("/paint", "/paint", "/oil", "/oil")]
    [TestCase("/paint/", "/paint", "/oil", "/oil/")]
    [TestCase("/paint/red", "/paint", "\"\"", "/red")]
    [TestCase("/paint/", "/paint", "\"\"", "/")]
    [TestCase("/paint", "/paint", "\"\"", "/")]
    [TestCase("/paint/", "/paint", "/", "/")]
    [TestCase("/paint", "/paint", "/", "/")]
    public void A_prefix_is_replaced_by_elements(string asked, string prefix, string replacement, string path)
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule($"{{path: {{value: {prefix}}}}}", "red", $", filters: [{{type: URLRewrite, urlRewrite: {{hostname: inner.example, path: {{type: ReplacePrefixMatch, replacePrefixMatch: {replacement}}}}}}}]")}]"));

        HttpRequest request = given.AtGateway($"http://outer.example{asked}").Outcomes[0].BackendRequest!;

        Assert.That(request.Path, Is.EqualTo(path));
        Assert.That(request.Host, Is.EqualTo("inner.example"));
    }

    [TestCase("", "302 http://any.example/a?q=1")]
    [TestCase("scheme: https", "302 https://any.example/a?q=1")]
    [TestCase("port: 8443", "302 http://any.example:8443/a?q=1")]
    [TestCase("scheme: https, port: 8443, statusCode: 301", "301 https://any.example:8443/a?q=1")]
    [TestCase("hostname: new.example, statusCode: 308", "308 http://new.example/a?q=1")]
    [TestCase("path: {type: ReplaceFullPath, replaceFullPath: /b}", "302 http://any.example/b?q=1")]
    public void A_redirect_changes_only_what_it_names(string redirect, string location)
    {
        GivenHttp given = Routes(("r", $"rules: [{{filters: [{{type: RequestRedirect, requestRedirect: {{{redirect}}}}}]}}]"));

        HttpOutcome outcome = given.AtGateway("http://any.example/a?q=1").Outcomes.Single();

        Assert.That($"{outcome.Status} {outcome.Redirect}", Is.EqualTo(location));
    }

    [Test]
    public void A_redirect_without_scheme_and_port_keeps_the_port_of_the_listener()
    {
        GivenHttp given = new(Gateway("[{name: web, port: 8080, protocol: HTTP}]")
            + HttpRoute("r", "rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: new.example}}]}]"));

        Assert.That(given.AtGateway("http://any.example:8080/").Outcomes[0].Redirect!.ToString(), Is.EqualTo("http://new.example:8080/"));
    }

    [Test]
    public void Headers_are_set_appended_and_removed_whatever_their_case()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", ", filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: new}], add: [{name: x-add, value: two}], remove: [X-Gone]}}, {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-Coat, value: first}]}}]")}]"));

        HttpOutcome outcome = given.AtGateway("http://any.example/", "GET", ("x-set", "old"), ("X-Add", "one"), ("x-gone", "1"), ("X-Stays", "here")).Outcomes[0];

        Assert.That(outcome.BackendRequest!.Header("X-Set"), Is.EqualTo("new"));
        Assert.That(outcome.BackendRequest.Header("X-Add"), Is.EqualTo("one,two"));
        Assert.That(outcome.BackendRequest.Header("X-Gone"), Is.Null);
        Assert.That(outcome.BackendRequest.Header("X-Stays"), Is.EqualTo("here"));
        Assert.That(outcome.ResponseHeaders, Is.EqualTo([new HttpHeader("X-Coat", "first")]));
    }

    [TestCase("[{name: red, port: 80, weight: 9}, {name: green, port: 80, weight: 1}]", "red*0.9 green*0.1")]
    [TestCase("[{name: red, port: 80, weight: 1}, {name: green, port: 80, weight: 0}]", "red")]
    [TestCase("[{name: red, port: 80, weight: 0}]", "500")]
    [TestCase("[{name: red, port: 80, weight: 3}, {name: missing, port: 80, weight: 1}]", "red*0.75 500*0.25")]
    [TestCase("[{name: dry, port: 80}]", "503")]
    [TestCase("[{name: red, port: 81}]", "500")]
    [TestCase("[{name: red, group: other.example, kind: Bucket}]", "500")]
    [TestCase("[{name: tin, namespace: store, port: 80}]", "500")]
    [TestCase("[]", "500")]
    public void Weights_share_the_requests_and_what_is_invalid_answers_500(string backends, string answer)
    {
        Assert.That(Routes(("r", $"rules: [{{backendRefs: {backends}}}]")).ByGateway("http://any.example/"), Is.EqualTo(answer));
    }

    [TestCase("HTTPRoute", "paint", "", "tin")]
    [TestCase("HTTPRoute", "paint", ", name: tin", "tin")]
    [TestCase("HTTPRoute", "paint", ", name: bucket", "500")]
    [TestCase("HTTPRoute", "other", "", "500")]
    [TestCase("GRPCRoute", "paint", "", "500")]
    public void A_ReferenceGrant_opens_another_namespace(string kind, string space, string name, string answer)
    {
        GivenHttp given = new(Gateway() + HttpRoute("r", "rules: [{backendRefs: [{name: tin, namespace: store, port: 80}]}]")
            + $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {{name: g, namespace: store}}, spec: {{from: [{{group: gateway.networking.k8s.io, kind: {kind}, namespace: {space}}}], to: [{{group: \"\", kind: Service{name}}}]}}}}\n");

        Assert.That(given.ByGateway("http://any.example/"), Is.EqualTo(answer));
    }

    [Test]
    public void A_mirror_gets_a_copy_of_a_share_of_the_requests()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", ", filters: [{type: RequestMirror, requestMirror: {backendRef: {name: green, port: 80}, percent: 20}}]")}]"));

        HttpDecision decision = given.AtGateway("http://any.example/");

        Assert.That(decision.Mirrors.Select(mirror => $"{mirror.Backend.Name} {mirror.Share.ToString(CultureInfo.InvariantCulture)}"), Is.EqualTo(["paint/green 0.2"]));
        Assert.That(decision.Outcomes.Single().Backend!.Name, Is.EqualTo("paint/red"));
    }

    /// <summary>HTTPBackendRef.filters: they apply where the request goes to this backend.</summary>
    [Test]
    public void Filters_of_a_backend_are_for_its_share_of_the_requests()
    {
        GivenHttp given = Routes(("r", """
            rules: [{backendRefs: [
              {name: red, port: 80, weight: 1, filters: [{type: RequestMirror, requestMirror: {backendRef: {name: blue, port: 80}, percent: 50}}]},
              {name: green, port: 80, weight: 2, filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: Varnish, name: v}}]},
              {name: green, port: 80, weight: 1}]}]
            """));

        HttpDecision decision = given.AtGateway("http://any.example/");

        Assert.That(given.ByGateway("http://any.example/"), Is.EqualTo("red*0.25 500*0.5 green*0.25"));
        Assert.That(decision.Mirrors.Select(mirror => (mirror.Backend.Name, mirror.Share)), Is.EqualTo([("paint/blue", 0.125)]));
    }

    [Test]
    public void A_filter_that_is_not_known_is_never_skipped()
    {
        GivenHttp given = Routes(("r", $"rules: [{Rule("{path: {value: /}}", "red", ", filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: Varnish, name: v}}]")}]"));

        Assert.That(given.ByGateway("http://any.example/"), Is.EqualTo("500"));
    }
}
