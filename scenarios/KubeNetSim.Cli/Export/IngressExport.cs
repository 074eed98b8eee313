using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>Ingresses and their classes as the official API types, with the address of their controller.</summary>
internal static class IngressExport
{
    /// <summary>The Ingress.</summary>
    public static V1Ingress Of(Ingress ingress, Service? controller) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "Ingress",
        Metadata = ObjectMetaExport.Of(ingress.Meta),
        Spec = new V1IngressSpec
        {
            IngressClassName = ingress.ClassName,
            DefaultBackend = ingress.DefaultBackend is { } backend ? Backend(backend) : null,
            Rules = ObjectMetaExport.OrNull<V1IngressRule>([.. ingress.Rules.Select(Rule)]),
            Tls = ObjectMetaExport.OrNull<V1IngressTLS>([.. ingress.Tls.Select(tls => new V1IngressTLS
            {
                Hosts = ObjectMetaExport.OrNull<string>([.. tls.Hosts]),
                SecretName = ObjectMetaExport.OrNull(tls.SecretName),
            })]),
        },
        Status = new V1IngressStatus
        {
            LoadBalancer = new V1IngressLoadBalancerStatus
            {
                Ingress = ObjectMetaExport.OrNull<V1IngressLoadBalancerIngress>([.. (controller?.LoadBalancerIngress ?? []).Select(item =>
                    new V1IngressLoadBalancerIngress { Ip = item.Ip?.ToString(), Hostname = item.Hostname })]),
            },
        },
    };

    /// <summary>The IngressClass.</summary>
    public static V1IngressClass Of(IngressClass item) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "IngressClass",
        Metadata = ObjectMetaExport.Of(item.Meta),
        Spec = new V1IngressClassSpec { Controller = item.Controller },
    };

    private static V1IngressRule Rule(IngressRule rule) => new()
    {
        Host = ObjectMetaExport.OrNull(rule.Host),
        Http = rule.Paths.IsEmpty ? null : new V1HTTPIngressRuleValue
        {
            Paths = [.. rule.Paths.Select(path => new V1HTTPIngressPath { Path = path.Path, PathType = path.Type.ToString(), Backend = Backend(path.Backend) })],
        },
    };

    private static V1IngressBackend Backend(IngressBackend backend) => backend.Resource?.Split(' ') is [var kind, var name]
        ? new V1IngressBackend { Resource = new V1TypedLocalObjectReference { Kind = kind, Name = name } }
        : new V1IngressBackend
        {
            Service = new V1IngressServiceBackend
            {
                Name = backend.ServiceName,
                Port = new V1ServiceBackendPort { Name = backend.PortName, Number = backend.PortNumber > 0 ? backend.PortNumber : null },
            },
        };
}
