using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Manifests as people have them: nothing stays Pending for want of what every cluster has, and what makes no pod is reported with the reason.</summary>
internal sealed class RealFileTests
{
    private const string Document = "apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: s}\n";

    private const string Controller =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: edge, namespace: ingress}
        spec: {type: LoadBalancer, selector: {app: edge}, ports: [{name: http, port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: edge-metrics, namespace: ingress}
        spec: {selector: {app: edge}, ports: [{name: metrics, port: 10254}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: edge, namespace: ingress}
        spec:
          selector: {matchLabels: {app: edge}}
          template:
            metadata: {labels: {app: edge}}
            spec: {containers: [{name: c, image: "IMAGE"}]}
        ---

        """;

    private const string Ingress =
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: CLASS
          rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]}}]

        """;

    [TestCase("kubernetes.io/os: linux")]
    [TestCase("kubernetes.io/arch: amd64")]
    [TestCase("beta.kubernetes.io/os: linux", Description = "the older name, which the kubelet still sets")]
    [TestCase("kubernetes.io/hostname: node-2")]
    public void Made_nodes_have_the_labels_of_a_kubelet(string label)
    {
        Cluster cluster = Reconcile(Workload("Deployment", $"nodeSelector: {{{label}}}")).Cluster;

        Assert.That(PodsOf(cluster, "web").Select(pod => pod.NodeName), Has.All.Not.Null);
    }

    [Test]
    public void A_node_that_is_given_without_labels_runs_linux()
    {
        Cluster cluster = Reconcile("apiVersion: v1\nkind: Node\nmetadata: {name: node-a}\n---\n" + Workload("Deployment", "nodeSelector: {kubernetes.io/os: linux}")).Cluster;

        Assert.That(PodsOf(cluster, "web").Single().NodeName, Is.EqualTo("node-a"));
    }

    [Test]
    public void A_node_that_is_given_keeps_its_operating_system()
    {
        Cluster cluster = Reconcile("apiVersion: v1\nkind: Node\nmetadata: {name: node-a, labels: {kubernetes.io/os: windows}}\n").Cluster;

        Assert.That(cluster.Nodes.Single().Meta.Labels["kubernetes.io/os"], Is.EqualTo("windows"));
    }

    [Test]
    public void A_pool_has_nodes_of_its_own_kind()
    {
        Cluster cluster = Reconcile(Document
            + "spec:\n  cluster:\n    nodes: 2\n    nodePools:\n    - {count: 2, zones: [z], cpu: 32, memory: 64Gi, labels: {gpu: \"true\"}, taints: [{key: gpu, effect: NoSchedule}]}\n---\n"
            + Workload("Deployment", "nodeSelector: {gpu: \"true\"}\n      tolerations: [{key: gpu, operator: Exists}]")).Cluster;

        Assert.That(cluster.Nodes.Select(node => (node.Meta.Name, node.Zone, node.AllocatableMilliCpu)),
            Is.EqualTo(new[] { ("node-1", "zone-a", 4_000L), ("node-2", "zone-b", 4_000L), ("node-3", "z", 32_000L), ("node-4", "z", 32_000L) }));
        Assert.That(PodsOf(cluster, "web").Single().NodeName, Is.AnyOf("node-3", "node-4"));
    }

    [Test]
    public void Pools_alone_are_all_nodes_and_their_taints_hold()
    {
        Cluster cluster = Reconcile(Document + "spec: {cluster: {nodePools: [{count: 1, taints: [{key: gpu, effect: NoSchedule}]}]}}\n---\n" + Workload("Deployment", "dnsPolicy: ClusterFirst")).Cluster;

        Assert.That(cluster.Nodes, Has.Length.EqualTo(1));
        Assert.That(PodsOf(cluster, "web").Single().PendingReason, Does.Contain("untolerated taint"));
    }

    [TestCase(1, 5, Description = "minReplicas")]
    [TestCase(7, 7, Description = "within the bounds")]
    [TestCase(20, 10, Description = "maxReplicas")]
    [TestCase(0, 0, Description = "no replicas turn the autoscaler off")]
    public void An_autoscaler_keeps_its_target_within_its_bounds(int replicas, int expected)
    {
        Cluster cluster = Reconcile(Workload("Deployment", "dnsPolicy: ClusterFirst").Replace("spec:\n  selector", $"spec:\n  replicas: {replicas}\n  selector")
            + "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n"
            + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  minReplicas: 5\n  maxReplicas: 10\n").Cluster;

        Assert.That(PodsOf(cluster, "web").Count(), Is.EqualTo(expected));
    }

    [Test]
    public void A_daemon_set_that_no_node_suits_is_reported_with_the_reason_and_its_service_is_not()
    {
        Reconciliation result = Reconcile(Workload("DaemonSet", "nodeSelector: {disk: ssd}")
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n");

        Problem problem = result.Problems.Single();
        Assert.That(problem.Rule, Is.EqualTo("daemonset-without-nodes"));
        Assert.That(problem.Message, Is.EqualTo("DaemonSet default/web makes no pod: 0/3 nodes suit it, 3 node(s) didn't match Pod's node affinity/selector (nodeSelector disk: ssd)"));
    }

    [TestCase("""{"kind": "DaemonSetList", "apiVersion": "apps/v1", "metadata": {}, "items": null}""")]
    [TestCase("""{"kind": "DaemonSetList", "apiVersion": "apps/v1", "metadata": {}, "items": []}""")]
    public void An_empty_typed_list_is_an_empty_list(string text) => Assert.That(Scenarios.Reading.Of(text).Problems, Is.Empty);

    [TestCase("registry.k8s.io/ingress-nginx/controller:v1.14.4@sha256:0123", "nginx", "k8s.io/ingress-nginx")]
    [TestCase("mirror.example.com:5000/ingress-nginx/controller", "internal", "k8s.io/ingress-nginx")]
    [TestCase("traefik:v3.6", "traefik", null)]
    [TestCase("docker.io/haproxytech/kubernetes-ingress:3.2", "haproxy", "haproxy.org/ingress-controller/haproxy")]
    [TestCase("kong:3.9", "kong", "ingress-controllers.konghq.com/kong")]
    [TestCase("docker.io/envoyproxy/envoy:v1.36", "contour", "projectcontour.io/ingress-controller")]
    public void An_ingress_controller_in_the_files_serves_its_class(string image, string className, string? controller)
    {
        string classes = controller is null ? ""
            : $"apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {{name: {className}}}\nspec: {{controller: {controller}}}\n---\n";

        Cluster cluster = Reconcile(Controller.Replace("IMAGE", image) + classes + Ingress.Replace("CLASS", className)).Cluster;

        Assert.That(RouterObjects.ServiceOf(className, cluster)?.Meta.FullName, Is.EqualTo("ingress/edge"));
        Assert.That(cluster.Services.Select(service => service.Meta.Namespace), Has.None.EqualTo(RouterObjects.IngressNamespace));
        Assert.That(cluster.Defaults.Select(item => item.What), Has.None.EqualTo("Ingress controller"));
    }

    [TestCase("traefik:v3.6", "nginx", Description = "another controller")]
    [TestCase("nginx:1.29", "nginx", Description = "a web server")]
    public void An_ingress_controller_that_the_files_do_not_bring_is_named_as_invented(string image, string className)
    {
        Cluster cluster = Reconcile(Controller.Replace("IMAGE", image) + Ingress.Replace("CLASS", className)).Cluster;

        Assert.That(RouterObjects.ServiceOf(className, cluster)?.Meta.FullName, Is.EqualTo("ingress-system/ingress-controller-nginx"));
        Assert.That(cluster.Defaults.Single(item => item.What == "Ingress controller").Value,
            Is.EqualTo("class nginx: not in the files; 2 pods behind ingress-system/ingress-controller-nginx are invented"));
    }

    private static Reconciliation Reconcile(string text)
    {
        Scenario scenario = Scenarios.Reading.Scenario(text);
        return ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
    }

    private static IEnumerable<Pod> PodsOf(Cluster cluster, string controller) => cluster.Pods.Where(pod => pod.OwnedBy?.EndsWith($"/{controller}", StringComparison.Ordinal) == true);

    private static string Workload(string kind, string podSpec) =>
        $"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n"
        + $"    metadata: {{labels: {{app: web}}}}\n    spec:\n      {podSpec}\n      containers: [{{name: c, image: x}}]\n";
}
