using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Gateways whose implementation is among the files.</summary>
public class KnownGatewayTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: web}
        spec: {gatewayClassName: CLASS, listeners: [{name: http, port: PORT, protocol: HTTP}]ADDRESSES}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: web}
        spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: app, port: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: app, namespace: web}
        spec: {selector: {app: app}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, namespace: web}
        spec: {selector: {matchLabels: {app: app}}, template: {metadata: {labels: {app: app}}, spec: {containers: [{name: c, image: x, ports: [{containerPort: 8080}]}]}}}
        ---

        """;

    private const string Implementation = """
        apiVersion: apps/v1
        kind: KIND
        metadata: {name: proxy, namespace: infra}
        spec: {selector: {matchLabels: {app: proxy}}, template: {metadata: {labels: {app: proxy}}, spec: {containers: [{name: c, image: "IMAGE", ports: [{name: web, containerPort: 8000}]}]}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: proxy, namespace: infra, labels: {LABELS}}
        spec: {type: LoadBalancer, selector: {app: proxy}, ports: [{name: web, port: 80, targetPort: web}]}
        ---

        """;

    [TestCase("istio.io/gateway-controller", "docker.io/istio/proxyv2:1.28.0", "Deployment")]
    [TestCase("konghq.com/kic-gateway-controller", "kong:3.9", "Deployment")]
    [TestCase("gateway.nginx.org/nginx-gateway-controller", "ghcr.io/nginx/nginx-gateway-fabric/nginx:2.2.0", "Deployment")]
    [TestCase("projectcontour.io/gateway-controller", "docker.io/envoyproxy/envoy:v1.36.2", "DaemonSet")]
    [TestCase("traefik.io/gateway-controller", "traefik:v3.6", "Deployment")]
    [TestCase("gateway.envoyproxy.io/gatewayclass-controller", "docker.io/envoyproxy/envoy:distroless-v1.36.2", "Deployment")]
    [TestCase("haproxy.org/gateway-controller/haproxy", "haproxytech/kubernetes-ingress:3.2", "DaemonSet")]
    public void An_implementation_in_the_files_serves_the_gateways_of_its_class(string controller, string image, string kind)
    {
        Cluster cluster = Cluster(Class(controller) + Given("any", 80) + Running(image, kind));

        Assert.That(RouterObjects.ServiceOf(cluster.Http.Gateways[0], cluster)?.Meta.FullName, Is.EqualTo("infra/proxy"));
        Assert.That(cluster.Services.Select(service => service.Meta.FullName), Is.EquivalentTo(["infra/proxy", "web/app", "default/kubernetes", "kube-system/kube-dns"]));
        Assert.That(cluster.Defaults.Select(item => item.What), Has.None.EqualTo("Gateway"));
    }

    [TestCase("gateway.networking.k8s.io/gateway-name: edge", "", "", Description = "of another namespace")]
    [TestCase("gateway.envoyproxy.io/owning-gateway-name: edge, gateway.envoyproxy.io/owning-gateway-namespace: web", "", "infra/proxy")]
    [TestCase("gateway.envoyproxy.io/owning-gateway-name: edge, gateway.envoyproxy.io/owning-gateway-namespace: shop", "", "")]
    [TestCase("", ", addresses: [{type: Hostname, value: proxy.infra.svc.cluster.local}]", "infra/proxy")]
    [TestCase("", ", addresses: [{type: Hostname, value: proxy.infra.example}]", "")]
    public void A_service_that_is_of_a_gateway_serves_it(string labels, string addresses, string service)
    {
        Cluster cluster = Cluster(Given("any", 80, addresses) + Running("example.com/proxy", "Deployment", labels));

        Assert.That(RouterObjects.ServiceOf(cluster.Http.Gateways[0], cluster)?.Meta.FullName, Is.EqualTo(service.Length > 0 ? service : "web/edge-any"));
    }

    [TestCase("traefik:v3.6", "any", Description = "its class is not that of Traefik")]
    [TestCase("nginx:1.29", "nginx", Description = "a web server")]
    public void An_implementation_that_the_files_do_not_contain_is_named_as_invented(string image, string className)
    {
        Cluster cluster = Cluster(Given(className, 80) + Running(image, "Deployment"));

        Assert.That(cluster.Defaults.Single(item => item.What == "Gateway").Value,
            Is.EqualTo($"web/edge: its pods are not in the files; 2 pods behind web/edge-{className} are invented"));
    }

    [Test]
    public void A_listener_at_the_port_of_the_pods_is_reached_by_the_port_of_the_service()
    {
        Cluster cluster = Cluster(Given("traefik", 8000) + Running("traefik:v3.6", "Deployment"));
        Assert.That(HttpRequest.TryParse("http://shop.example/", out HttpRequest? request));

        Assert.That(HttpRouters.Compile(cluster).OfGateway("web/edge")!.Decide(request!).Outcomes.Single().Status, Is.EqualTo(200));
        Assert.That(HttpRouters.Compile(cluster).OfGateway("web/edge")!.Decide(request! with { Port = 81 }).Outcomes.Single().Status, Is.Zero);
    }

    private static string Class(string controller) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: any}}\nspec: {{controllerName: {controller}}}\n---\n";

    private static string Given(string className, int port, string addresses = "") =>
        Gateway.Replace("CLASS", className).Replace("PORT", $"{port}").Replace("ADDRESSES", addresses);

    private static string Running(string image, string kind, string labels = "") =>
        Implementation.Replace("IMAGE", image).Replace("KIND", kind).Replace("LABELS", labels);

    private static Cluster Cluster(string text) =>
        ControlPlane.Reconcile(Scenarios.Reading.Scenario(text).Objects, new ClusterSettings { Cloud = CloudProvider.Metallb }).Cluster;
}
