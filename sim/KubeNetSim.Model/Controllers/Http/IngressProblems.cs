namespace KubeNetSim.Model.Controllers.Http;

/// <summary>What is wrong with Ingresses that the API server takes: their controllers would say so in their logs alone.</summary>
internal sealed class IngressProblems(HttpObjects objects, BackendResolution references)
{
    // nginx.ingress.kubernetes.io, alb.ingress.kubernetes.io, traefik.ingress.kubernetes.io ...
    private const string ControllerDomain = ".ingress.kubernetes.io/";

    private readonly Dictionary<(string Class, string Host, string Path, bool IsExact), Ingress> _taken = [];

    /// <summary>Everything, the oldest Ingress first: its paths are served where others have the same.</summary>
    public IEnumerable<Problem> All() => GatewayController.OldestFirst(objects.Ingresses, ingress => ingress.Meta).SelectMany(Of).Concat(Retired());

    // kubernetes.io/blog 2025-11-11 and 2025-11-12; the repository was archived on 2026-03-24.
    private IEnumerable<Problem> Retired()
    {
        Ingress? first = objects.Ingresses.FirstOrDefault(ingress => IngressClasses.ClassOf(ingress, objects) is { } name && NginxOptions.Serves(name, objects));
        if (first is not null)
            yield return new Problem(Severity.Info, "ingress-nginx-retired", first.Meta.Origin.Of("spec.ingressClassName"), "spec.ingressClassName",
                "ingress-nginx serves this class; it was retired in March 2026 and gets no more releases, security fixes included",
                "plan Gateway API (ingress2gateway converts Ingresses) or another controller");
    }

    private IEnumerable<Problem> Of(Ingress ingress)
    {
        string? name = IngressClasses.ClassOf(ingress, objects);
        if (name is null)
            yield return Found(Severity.Warning, "ingress-class", ingress, "spec",
                $"Ingress {ingress.Meta.FullName} names no class and none is the default: no controller serves it");
        else if (ingress.ClassName is not null && !objects.IngressClasses.IsEmpty
            && !objects.IngressClasses.Any(item => item.Meta.Name == name))
            yield return Found(Severity.Warning, "ingress-class", ingress, "spec.ingressClassName",
                $"No file holds the IngressClass \"{name}\"");
        foreach ((IngressBackend backend, string field) in BackendsOf(ingress))
            if (references.Resolve(ingress, backend) is { IsValid: false } wrong)
                yield return Found(Severity.Warning, "ingress-backend", ingress, field,
                    $"Ingress {ingress.Meta.FullName} sends requests to no backend: {wrong.Message}");
        bool isNginx = NginxOptions.Serves(name ?? "", objects);
        string[] own =
        [
            .. ingress.Meta.Annotations.Keys.Where(key => key.Contains(ControllerDomain, StringComparison.Ordinal) && !(isNginx && NginxOptions.IsSimulated(key))),
        ];
        if (own.Length > 0)
            yield return Found(Severity.Info, "not-simulated", ingress, $"metadata.annotations[{own[0]}]",
                $"What is for one controller only is not simulated: {string.Join(", ", own)}");
        // A canary has the paths of another Ingress on purpose.
        if (!isNginx || !NginxOptions.Of(ingress).IsCanary)
            foreach (Problem problem in PathsOf(ingress, name ?? ""))
                yield return problem;
        foreach (Problem problem in TlsOf(ingress))
            yield return problem;
    }

    private static IEnumerable<(IngressBackend Backend, string Field)> BackendsOf(Ingress ingress)
    {
        if (ingress.DefaultBackend is { } usual)
            yield return (usual, "spec.defaultBackend");
        for (int rule = 0; rule < ingress.Rules.Length; rule++)
            for (int path = 0; path < ingress.Rules[rule].Paths.Length; path++)
                yield return (ingress.Rules[rule].Paths[path].Backend, $"spec.rules[{rule}].http.paths[{path}].backend");
    }

    private IEnumerable<Problem> PathsOf(Ingress ingress, string className)
    {
        for (int rule = 0; rule < ingress.Rules.Length; rule++)
            for (int number = 0; number < ingress.Rules[rule].Paths.Length; number++)
            {
                IngressPath path = ingress.Rules[rule].Paths[number];
                string host = ingress.Rules[rule].Host;
                bool isExact = path.Type == PathType.Exact;
                (string, string, string, bool) key = (className, host, isExact ? path.Path : path.Path.TrimEnd('/'), isExact);
                if (_taken.TryAdd(key, ingress))
                    continue;
                string owner = _taken[key] == ingress
                    ? "this Ingress"
                    : $"Ingress {_taken[key].Meta.FullName}, which is older or first by name";
                yield return Found(Severity.Warning, "ingress-path-taken", ingress, $"spec.rules[{rule}].http.paths[{number}]",
                    $"Path {path.Path} of {(host.Length > 0 ? $"host {host}" : "every host")} is already in {owner}: "
                    + "no request comes here");
            }
    }

    // Without a certificate the controller shows one of its own, which no client trusts.
    private IEnumerable<Problem> TlsOf(Ingress ingress)
    {
        for (int item = 0; item < ingress.Tls.Length; item++)
        {
            (string name, string space) = (ingress.Tls[item].SecretName, ingress.Meta.Namespace);
            Secret? secret = references.SecretNamed(space, name);
            if (name.Length > 0 && secret is not { HoldsCertificate: true })
                yield return Found(secret is null
                    ? Severity.Info
                    : Severity.Warning, "ingress-certificate", ingress, $"spec.tls[{item}].secretName",
                    secret is null ? $"No file holds Secret {space}/{name}" : $"Secret {space}/{name} holds no certificate and key");
            foreach (string host in ingress.Tls[item].Hosts)
                if (!ingress.Rules.IsEmpty && !ingress.Rules.Any(rule => Hostnames.Intersect(rule.Host, host) is not null))
                    yield return Found(Severity.Info, "ingress-certificate", ingress, $"spec.tls[{item}].hosts",
                        $"No rule of Ingress {ingress.Meta.FullName} is for host {host}");
        }
    }

    private static Problem Found(Severity severity, string rule, Ingress ingress, string field, string message) =>
        new(severity, rule, ingress.Meta.Origin.Of(field), field, message);
}
