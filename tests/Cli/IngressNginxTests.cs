using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>
/// What ingress-nginx does of its own accord (kubernetes/ingress-nginx docs/user-guide/nginx-configuration/annotations.md, docs/user-guide/tls.md): each
/// case is a request of a NetworkTest.
/// </summary>
internal sealed class IngressNginxTests
{
    private const string Class = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: edge}\nspec: {controller: CONTROLLER}\n---\n";

    private const string Canary = "nginx.ingress.kubernetes.io/canary: \"true\", ";

    [TestCase("rewrite-target: /$2", "/api(/|$)(.*)", "http://h.example/api/users", "status: 200, backendRequest: {path: /users}")]
    [TestCase("rewrite-target: /$2", "/api(/|$)(.*)", "http://h.example/API/users", "status: 200, backendRequest: {path: /users}", Description = "locations are case insensitive")]
    [TestCase("rewrite-target: /$2", "/api(/|$)(.*)", "http://h.example/apis", "status: 404")]
    [TestCase("rewrite-target: /", "/api", "http://h.example/api/users", "status: 200, backendRequest: {path: /}", Description = "the whole path is replaced")]
    [TestCase("use-regex: \"true\"", "/v[12]/.*", "http://h.example/v2/x", "status: 200, backendRequest: {path: /v2/x}")]
    [TestCase("use-regex: \"true\"", "/v[12]/", "http://h.example/v3/x", "status: 404")]
    [TestCase("use-regex: \"true\"", "/a(b", "http://h.example/a(b", "status: 200", Description = "what is no expression is text")]
    [TestCase("ssl-redirect: \"true\"", "/", "http://h.example/x", "status: 200", Description = "a host without TLS is not redirected")]
    [TestCase("force-ssl-redirect: \"true\"", "/", "http://h.example/x", "status: 308, redirect: {scheme: https}")]
    [TestCase("force-ssl-redirect: \"true\"", "/", "https://h.example/x", "status: 200")]
    public async Task An_annotation_changes_what_happens(string annotation, string path, string url, string expected) =>
        Assert.That(await Run(Ingress("web", $"nginx.ingress.kubernetes.io/{annotation}", path, "web"), $"url: \"{url}\"", expected), Is.Empty);

    [TestCase("", "http://h.example/x", "status: 308, redirect: {scheme: https, host: h.example, path: /x}")]
    [TestCase("", "https://h.example/x", "status: 200")]
    [TestCase("nginx.ingress.kubernetes.io/ssl-redirect: \"false\"", "http://h.example/x", "status: 200")]
    public async Task A_host_with_tls_is_redirected_to_https(string annotations, string url, string expected) =>
        Assert.That(await Run(Ingress("web", annotations, "/", "web", "tls: [{hosts: [h.example]}]"), $"url: \"{url}\"", expected), Is.Empty);

    [TestCase("canary-weight: \"20\"", "", "distribution: {default/web: 0.8, default/new: 0.2}")]
    [TestCase("canary-weight: \"20\", nginx.ingress.kubernetes.io/canary-weight-total: \"40\"", "", "distribution: {default/web: 0.5, default/new: 0.5}")]
    [TestCase("canary-by-header: X-New", ", headers: {X-New: always}", "backend: default/new")]
    [TestCase("canary-by-header: X-New", ", headers: {X-New: other}", "backend: default/web")]
    [TestCase("canary-weight: \"100\", nginx.ingress.kubernetes.io/canary-by-header: X-New", ", headers: {X-New: never}", "backend: default/web", Description = "the header counts more than the weight")]
    [TestCase("canary-by-header: X-New, nginx.ingress.kubernetes.io/canary-by-header-value: \"yes\"", ", headers: {X-New: \"yes\"}", "backend: default/new")]
    [TestCase("canary-by-header: X-New, nginx.ingress.kubernetes.io/canary-by-header-pattern: \"eu-.*\"", ", headers: {X-New: eu-west}", "backend: default/new")]
    [TestCase("canary-by-cookie: beta", ", headers: {Cookie: \"a=b; beta=always\"}", "backend: default/new")]
    [TestCase("canary-by-cookie: beta", ", headers: {Cookie: \"a=b; beta=never\"}", "backend: default/web")]
    public async Task A_canary_takes_its_part_of_the_path_of_another_ingress(string annotations, string headers, string expected) =>
        Assert.That(
            await Run(Ingress("web", "", "/", "web") + "---\n" + Ingress("canary", $"{Canary}nginx.ingress.kubernetes.io/{annotations}", "/", "new"), $"url: \"http://h.example/\"{headers}", $"status: 200, {expected}"),
            Is.Empty);

    [Test]
    public async Task Another_controller_does_none_of_this() =>
        Assert.That(await Run(Ingress("web", "nginx.ingress.kubernetes.io/force-ssl-redirect: \"true\"", "/", "web"), "url: \"http://h.example/x\"", "status: 200", "traefik.io/ingress-controller"), Is.Empty);

    private static async Task<string> Run(string ingresses, string request, string expected, string controller = "k8s.io/ingress-nginx")
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(file, Class.Replace("CONTROLLER", controller, StringComparison.Ordinal) + Service("web") + Service("new") + ingresses
                + "---\napiVersion: kubenetsim.io/v1alpha1\nkind: NetworkTest\nmetadata: {name: t}\nspec:\n"
                + $"  manifests: [{Path.GetFileName(file)}]\n  cases:\n  - {{name: c, request: {{ingress: default/web, {request}}}, expect: {{{expected}}}}}\n");
            TestConsole console = new();
            int exit = await console.RunAsync("test", file);
            return exit == 0 ? "" : $"{console.Output}{console.Error}";
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Ingress(string name, string annotations, string path, string service, string more = "") =>
        $"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {name}\n  annotations: {{{annotations}}}\nspec:\n  ingressClassName: edge\n"
        + (more.Length == 0 ? "" : $"  {more}\n")
        + $"  rules:\n  - host: h.example\n    http: {{paths: [{{path: \"{path}\", pathType: ImplementationSpecific, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}]}}\n";

    private static string Service(string name) =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}\n---\n"
        + $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{app: {name}}}}}\nspec: {{containers: [{{name: c, image: x}}]}}\n---\n";
}
