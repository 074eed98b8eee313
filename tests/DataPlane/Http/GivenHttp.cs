using System.Globalization;
using KubeNetSim.Tests.Scenarios;

namespace KubeNetSim.Tests.DataPlane.Http;

/// <summary>
/// A cluster with three Services of one ready pod each (<c>red</c>, <c>green</c>, <c>blue</c> in namespace <c>paint</c>, port 80), one without
/// pods (<c>dry</c>), one in another namespace (<c>store/tin</c>), and what a test adds.
/// </summary>
internal sealed class GivenHttp
{
    private readonly HttpRouters _routers;

    /// <param name="manifests">What the test adds.</param>
    /// <param name="cloud">Who provides load balancers; where somebody says so, the cluster has also what a cluster runs by itself.</param>
    public GivenHttp(string manifests, CloudProvider? cloud = null)
    {
        ClusterObjects objects = Reading.Scenario(Services + manifests).Objects;
        Cluster = ControlPlane.Reconcile(objects, new ClusterSettings { SystemServices = cloud is not null, Cloud = cloud ?? CloudProvider.None }).Cluster;
        _routers = HttpRouters.Compile(Cluster);
        States = GatewayController.StatesOf(Cluster);
    }

    public Cluster Cluster { get; }

    public GatewayStates States { get; }

    /// <summary>A Gateway <c>paint/door</c> that listens at port 80 for every host, and routes of which each is a name and a spec.</summary>
    public static GivenHttp Routes(params (string Name, string Spec)[] routes) => new(Gateway() + string.Concat(routes.Select(route => HttpRoute(route.Name, route.Spec))));

    public static string Gateway(string listeners = "[{name: web, port: 80, protocol: HTTP}]", string more = "") =>
        $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{name: door, namespace: paint}}, spec: {{gatewayClassName: any, listeners: {listeners}{more}}}}}\n";

    public static string HttpRoute(string name, string spec, string kind = "HTTPRoute", string space = "paint", string meta = "") =>
        $"\n---\n{{apiVersion: gateway.networking.k8s.io/v1{(kind is "TCPRoute" or "UDPRoute" ? "alpha2" : "")}, kind: {kind}, metadata: {{name: {name}, namespace: {space}{meta}}}, spec: {{parentRefs: [{{name: door, namespace: paint}}], {spec}}}}}\n";

    public static string Ingress(string name, string spec, string meta = "") =>
        $"\n---\n{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: {name}, namespace: paint{meta}}}, spec: {{{spec}}}}}\n";

    /// <summary>A path of an Ingress.</summary>
    public static string Path(string path, string type, string service) =>
        $"{{path: {path}, pathType: {type}, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}";

    /// <summary>A rule of a route: its conditions, and the Service that answers.</summary>
    public static string Rule(string match, string service, string more = "") =>
        $"{{matches: [{match}]{more}, backendRefs: [{{name: {service}, port: 80}}]}}";

    /// <summary>What the Gateway does with a request.</summary>
    public HttpDecision AtGateway(string url, string method = "GET", params (string Name, string Value)[] headers) =>
        _routers.OfGateway("paint/door")!.Decide(Request(url, method, headers));

    /// <summary>Who answers a request at the Gateway, or the status.</summary>
    public string ByGateway(string url, string method = "GET", params (string Name, string Value)[] headers) => Answer(AtGateway(url, method, headers));

    /// <summary>Who answers a request on a connection that was opened for a server name, or the status.</summary>
    public string ByConnection(string serverName, string url) =>
        Answer(_routers.OfGateway("paint/door")!.Decide(Request(url, "GET") with { ServerName = serverName }));

    /// <summary>Who answers a request at the controller of an Ingress, or the status.</summary>
    public string ByIngress(string name, string url) => Answer(_routers.OfIngress($"paint/{name}")!.Decide(Request(url, "GET")));

    public HttpRouter? RouterOf(string ingress) => _routers.OfIngress($"paint/{ingress}");

    private static HttpRequest Request(string url, string method, params (string Name, string Value)[] headers) =>
        HttpRequest.TryParse(url, out HttpRequest? request)
            ? request! with { Method = method, Headers = [.. headers.Select(header => new HttpHeader(header.Name, header.Value))] }
            : throw new ArgumentException($"\"{url}\" is no URL");

    private static string Answer(HttpDecision decision) => string.Join(' ', decision.Outcomes.Select(outcome =>
        (outcome.Backend is { } backend ? backend.Name.Split('/')[1] : outcome.Status.ToString(CultureInfo.InvariantCulture))
        + (outcome.Share < 1 ? outcome.Share.ToString("*0.##", CultureInfo.InvariantCulture) : "")));

    private static readonly string Services = string.Join("\n---\n", new[] { ("paint", "red"), ("paint", "green"), ("paint", "blue"), ("store", "tin") }
        .Select(item => $$"""
            {apiVersion: v1, kind: Service, metadata: {name: {{item.Item2}}, namespace: "{{item.Item1}}" }, spec: {selector: {app: "{{item.Item2}}" }, ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP}]} }
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: {{item.Item2}}, namespace: {{item.Item1}}, labels: {app: "{{item.Item2}}" } }, spec: {containers: [{name: c, image: paint}]} }
            """)) + "\n---\n{apiVersion: v1, kind: Service, metadata: {name: dry, namespace: paint}, spec: {selector: {app: dry}, ports: [{port: 80}]}}\n";
}
