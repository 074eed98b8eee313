using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads Ingresses and checks them as the API server does (pkg/apis/networking/validation ValidateIngress).</summary>
internal static class IngressReader
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const int LongestController = 250;
    private const string DefaultClassAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public static Ingress Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Ingress");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "An Ingress needs a spec");
            return new Ingress { Meta = meta };
        }
        Ingress ingress = new()
        {
            Meta = meta,
            ClassName = spec.Text("ingressClassName") ?? meta.Annotations.GetValueOrDefault(ClassAnnotation),
            DefaultBackend = spec.Mapping("defaultBackend") is { } backend ? Backend(backend) : null,
            Rules = [.. spec.Mappings("rules").Select(Rule)],
            Tls = [.. spec.Mappings("tls").Select(Tls)],
        };
        if (ingress is { DefaultBackend: null, Rules.IsEmpty: true })
            spec.Error("required-field", "rules", "An Ingress needs rules or a defaultBackend");
        if (spec.Text("ingressClassName") is { } className && !Names.IsDnsName(className))
            spec.Error("invalid-name", "ingressClassName", $"\"{className}\" is no name of an IngressClass: {Names.ProblemOf("IngressClass", className)}");
        if (spec.Has("ingressClassName") && meta.Annotations.ContainsKey(ClassAnnotation))
            document.Error("ingress-class-twice", $"metadata.annotations.{ClassAnnotation}", "An Ingress has either ingressClassName or this annotation, not both");
        return ingress;
    }

    public static IngressClass ReadClass(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "IngressClass");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "An IngressClass needs a spec", "spec: {controller: k8s.io/ingress-nginx}");
            return new IngressClass(meta, "", false);
        }
        string controller = spec.Required("controller", "controller: k8s.io/ingress-nginx");
        int slash = controller.IndexOf('/', StringComparison.Ordinal);
        if (controller.Length > 0 && (slash < 1 || slash == controller.Length - 1 || controller.Length > LongestController || !Names.IsDnsName(controller[..slash])))
            spec.Error("invalid-name", "controller", $"\"{controller}\" is no name of a controller", "a domain and a path, such as k8s.io/ingress-nginx");
        return new IngressClass(meta, controller, meta.Annotations.GetValueOrDefault(DefaultClassAnnotation) == "true");
    }

    private static IngressRule Rule(Fields rule)
    {
        string host = rule.Text("host") ?? "";
        if (host.Length > 0)
            HostnameRules.Check(rule, "host", host);
        Fields? http = rule.Mapping("http");
        ImmutableArray<IngressPath> paths = [.. (http?.Mappings("paths") ?? []).Select(Path).OfType<IngressPath>()];
        if (http is not null && paths.IsEmpty && http.List("paths").Count == 0)
            http.Error("required-field", "paths", "A rule for http needs at least one path");
        return new IngressRule(host, paths);
    }

    private static IngressPath? Path(Fields path)
    {
        string text = path.Text("path") ?? "";
        PathType? type = path.Word("pathType", Words.Of<PathType>());
        if (type is null && !path.Has("pathType"))
            path.Error("required-field", "pathType", "The field \"pathType\" is required", "pathType: Prefix");
        if (type is PathType.Exact or PathType.Prefix)
            HttpPathRules.Check(path, "path", text);
        else if (text.Length > 0 && text[0] != '/')
            path.Error("invalid-path", "path", $"\"{text}\" does not begin with a slash");
        if (path.Mapping("backend") is { } backend)
            return new IngressPath(text.Length == 0 ? "/" : text, type ?? PathType.ImplementationSpecific, Backend(backend));
        path.Error("required-field", "backend", "A path needs a backend", "backend: {service: {name: web, port: {number: 80}}}");
        return null;
    }

    private static IngressBackend Backend(Fields backend)
    {
        Fields? service = backend.Mapping("service");
        Fields? resource = backend.Mapping("resource");
        if (service is not null && resource is not null)
            backend.Error("incompatible-fields", "resource", "A backend is either a service or a resource, not both");
        if (service is not null)
            return ServiceBackend(service);
        if (resource is not null)
            return new IngressBackend("", 0, null, $"{resource.Required("kind", "kind: StorageBucket")} {resource.Required("name", "a name")}");
        if (!backend.Has("service") && !backend.Has("resource"))
            backend.Error("required-field", "service", "A backend needs a service", "service: {name: web, port: {number: 80}}");
        return new IngressBackend("", 0, null, "");
    }

    private static IngressBackend ServiceBackend(Fields service)
    {
        Fields? port = service.Mapping("port");
        string? name = port?.Text("name") is { Length: > 0 } written ? written : null;
        int number = (int)(port?.Integer("number", 1, 65_535) ?? 0);
        if (name is not null && port!.Has("number"))
            port.Error("incompatible-fields", "number", "A port has either a name or a number, not both");
        else if (name is null && port?.Has("number") != true)
            service.Error("required-field", "port", "The port of a backend needs a number or a name", "port: {number: 80}");
        else if (name is not null && !Names.IsPortName(name))
            port!.Error("invalid-name", "name", $"\"{name}\" is no name of a port: {Names.PortNameRule}");
        IngressBackend read = new(service.Required("name", "the name of a Service"), number, name);
        if (read.ServiceName.Length > 0 && Names.ProblemOf("Service", read.ServiceName) is { } problem)
            service.Error("invalid-name", "name", $"\"{read.ServiceName}\" is no name of a Service: {problem}");
        return read;
    }

    private static IngressTls Tls(Fields tls)
    {
        foreach ((ScalarNode host, string path) in tls.Values("hosts"))
            HostnameRules.Check(tls.Problems, host, path);
        string secret = tls.Text("secretName") ?? "";
        if (secret.Length > 0 && !Names.IsDnsName(secret))
            tls.Error("invalid-name", "secretName", $"\"{secret}\" is no name of a Secret: {Names.ProblemOf("Secret", secret)}");
        return new IngressTls(tls.Texts("hosts"), secret);
    }
}
