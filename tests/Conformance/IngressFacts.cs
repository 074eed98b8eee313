using KubeNetSim.Tests.DataPlane.Http;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which Service answers behind an Ingress. The facts are those of kubernetes-sigs/ingress-controller-conformance (default_backend, host_rules
/// and path_rules.feature) and of the table in the Kubernetes documentation (concepts/services-networking/ingress, "Examples").
/// </summary>
public class IngressFacts
{
    [TestCase("Prefix", "/", "/any/thing", true)]
    [TestCase("Exact", "/wall", "/wall", true)]
    [TestCase("Exact", "/wall", "/floor", false)]
    [TestCase("Exact", "/wall", "/wall/", false)]
    [TestCase("Exact", "/wall/", "/wall", false)]
    [TestCase("Exact", "/wall", "/WALL", false)]
    [TestCase("Prefix", "/wall", "/wall", true)]
    [TestCase("Prefix", "/wall", "/wall/", true)]
    [TestCase("Prefix", "/wall/", "/wall", true)]
    [TestCase("Prefix", "/wall/", "/wall/", true)]
    [TestCase("Prefix", "/wall/up", "/wall/upper", false)]
    [TestCase("Prefix", "/wall/up", "/wall/up/left", true)]
    [TestCase("Prefix", "/wall/up/", "/wall/up", true)]
    [TestCase("Prefix", "/wall", "/wallpaper", false)]
    [TestCase("ImplementationSpecific", "/wall", "/wall/up", true)]
    public void A_path_is_compared_by_its_elements(string type, string path, string asked, bool matches)
    {
        GivenHttp given = new(GivenHttp.Ingress("home", $"rules: [{{http: {{paths: [{GivenHttp.Path(path, type, "red")}]}}}}]"));

        Assert.That(given.ByIngress("home", $"http://house.example{asked}"), Is.EqualTo(matches ? "red" : "404"));
    }

    [TestCase("/a/b/c", "green")]
    [TestCase("/a/c", "red")]
    [TestCase("/x", "blue")]
    public void The_longest_path_wins(string asked, string service)
    {
        GivenHttp given = new(GivenHttp.Ingress("home",
            $"rules: [{{http: {{paths: [{GivenHttp.Path("/", "Prefix", "blue")}, {GivenHttp.Path("/a", "Prefix", "red")}, {GivenHttp.Path("/a/b", "Prefix", "green")}]}}}}]"));

        Assert.That(given.ByIngress("home", $"http://house.example{asked}"), Is.EqualTo(service));
    }

    [Test]
    public void An_exact_path_wins_over_the_same_prefix()
    {
        GivenHttp given = new(GivenHttp.Ingress("home", $"rules: [{{http: {{paths: [{GivenHttp.Path("/a", "Prefix", "red")}, {GivenHttp.Path("/a", "Exact", "green")}]}}}}]"));

        Assert.That(given.ByIngress("home", "http://house.example/a"), Is.EqualTo("green"));
        Assert.That(given.ByIngress("home", "http://house.example/a/"), Is.EqualTo("red"));
    }

    [TestCase("shop.house.example", "red")]
    [TestCase("SHOP.house.example", "red")]
    [TestCase("office.house.example", "green", Description = "the wildcard")]
    [TestCase("a.office.house.example", "404", Description = "a wildcard stands for one label")]
    [TestCase("house.example", "404", Description = "and for no fewer")]
    public void The_host_must_match_and_an_exact_one_comes_before_a_wildcard(string host, string service)
    {
        string Rule(string name, string backend) => $"{{host: \"{name}\", http: {{paths: [{GivenHttp.Path("/", "Prefix", backend)}]}}}}";

        GivenHttp given = new(GivenHttp.Ingress("home", $"rules: [{Rule("*.house.example", "green")}, {Rule("shop.house.example", "red")}]"));

        Assert.That(given.ByIngress("home", $"http://{host}/"), Is.EqualTo(service));
    }

    [Test]
    public void The_default_backend_answers_what_no_rule_matches()
    {
        GivenHttp given = new(GivenHttp.Ingress("home",
            $"defaultBackend: {{service: {{name: blue, port: {{name: http}}}}}}, rules: [{{host: a.example, http: {{paths: [{GivenHttp.Path("/a", "Prefix", "red")}]}}}}]"));

        Assert.That(given.ByIngress("home", "http://a.example/a"), Is.EqualTo("red"));
        Assert.That(given.ByIngress("home", "http://a.example/b"), Is.EqualTo("blue"));
        Assert.That(given.ByIngress("home", "http://b.example/a"), Is.EqualTo("blue"));
    }

    [Test]
    public void Ingresses_of_one_class_are_served_together_and_the_older_wins()
    {
        GivenHttp given = new(
            GivenHttp.Ingress("young", $"rules: [{{http: {{paths: [{GivenHttp.Path("/a", "Prefix", "red")}, {GivenHttp.Path("/b", "Prefix", "blue")}]}}}}]", ", creationTimestamp: \"2026-02-01T00:00:00Z\"")
            + GivenHttp.Ingress("old", $"rules: [{{http: {{paths: [{GivenHttp.Path("/a", "Prefix", "green")}]}}}}]", ", creationTimestamp: \"2026-01-01T00:00:00Z\""));

        Assert.That(given.ByIngress("young", "http://house.example/a"), Is.EqualTo("green"));
        Assert.That(given.ByIngress("old", "http://house.example/b"), Is.EqualTo("blue"));
    }

    [Test]
    public void Another_class_is_another_controller_and_without_a_default_class_nobody_serves()
    {
        const string Class = "\n---\n{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: inner}, spec: {controller: example.com/inner}}\n";
        string rules = $"rules: [{{http: {{paths: [{GivenHttp.Path("/", "Prefix", "red")}]}}}}]";
        GivenHttp given = new(Class + GivenHttp.Ingress("inside", "ingressClassName: inner, " + rules) + GivenHttp.Ingress("outside", "ingressClassName: outer, " + rules) + GivenHttp.Ingress("nowhere", rules));

        Assert.That(given.RouterOf("inside"), Is.Not.SameAs(given.RouterOf("outside")));
        Assert.That(given.RouterOf("nowhere"), Is.Null);
    }

    [TestCase("dry", Description = "no pod is ready")]
    [TestCase("missing", Description = "there is no such Service")]
    public void A_backend_that_cannot_answer_gives_503(string service)
    {
        GivenHttp given = new(GivenHttp.Ingress("home", $"rules: [{{http: {{paths: [{GivenHttp.Path("/", "Prefix", service)}]}}}}]"));

        Assert.That(given.ByIngress("home", "http://house.example/"), Is.EqualTo("503"));
    }

    [Test]
    public void A_host_without_paths_leads_to_the_default_backend()
    {
        GivenHttp given = new(GivenHttp.Ingress("home", "defaultBackend: {service: {name: blue, port: {number: 80}}}, rules: [{host: a.example}]"));

        Assert.That(given.ByIngress("home", "http://a.example/x"), Is.EqualTo("blue"));
        Assert.That(given.ByIngress("home", "https://b.example/"), Is.EqualTo("blue"));
    }

    [Test]
    public void Of_several_default_classes_the_newest_is_the_default()
    {
        string Class(string name, int month) =>
            $"\n---\n{{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {{name: {name}, creationTimestamp: \"2026-0{month}-01T00:00:00Z\", annotations: {{ingressclass.kubernetes.io/is-default-class: \"true\"}}}}, spec: {{controller: example.com/{name}}}}}\n";
        string rules = $"rules: [{{http: {{paths: [{GivenHttp.Path("/", "Prefix", "red")}]}}}}]";

        GivenHttp given = new(Class("new", 2) + Class("old", 1) + GivenHttp.Ingress("unnamed", rules) + GivenHttp.Ingress("named", "ingressClassName: new, " + rules));

        Assert.That(given.RouterOf("unnamed"), Is.SameAs(given.RouterOf("named")));
    }

    [Test]
    public void A_Service_of_type_ExternalName_answers_and_a_resource_that_nobody_knows_does_not()
    {
        const string Elsewhere = "\n---\n{apiVersion: v1, kind: Service, metadata: {name: elsewhere, namespace: paint}, spec: {type: ExternalName, externalName: www.example.org}}\n";
        const string Resource = "{path: /files, pathType: Prefix, backend: {resource: {apiGroup: example.com, kind: Bucket, name: files}}}";

        GivenHttp given = new(Elsewhere + GivenHttp.Ingress("home", $"rules: [{{http: {{paths: [{GivenHttp.Path("/", "Prefix", "elsewhere")}, {Resource}]}}}}]"));

        Assert.That(given.ByIngress("home", "http://house.example/"), Is.EqualTo("elsewhere"));
        Assert.That(given.ByIngress("home", "http://house.example/files"), Is.EqualTo("503"));
    }
}
