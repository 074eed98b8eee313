using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>Ingress controllers that are recognised in the files by the image of their pods.</summary>
/// <param name="ClassController">What <c>spec.controller</c> of its IngressClass begins with.</param>
/// <param name="ClassName">The class that it serves where no IngressClass object is given.</param>
/// <param name="Image">A part of the image of the pods that take the requests.</param>
internal sealed record KnownIngressController(string ClassController, string ClassName, string Image);

/// <summary>Finds the Service of an Ingress controller that the files contain.</summary>
internal static class KnownIngressControllers
{
    // The names are those of each project's own manifests and charts. Contour's requests are taken by Envoy.
    private static readonly ImmutableArray<KnownIngressController> All =
    [
        new("k8s.io/ingress-nginx", "nginx", "ingress-nginx/controller"),
        new("k8s.io/ingress-nginx", "nginx", "nginx-ingress-controller"),
        new("nginx.org/ingress-controller", "nginx", "nginx/nginx-ingress"),
        new("traefik.io/ingress-controller", "traefik", "traefik"),
        new("haproxy.org/ingress-controller", "haproxy", "haproxytech/kubernetes-ingress"),
        new("haproxy-ingress.github.io/controller", "haproxy", "haproxy-ingress"),
        new("projectcontour.io/", "contour", "envoyproxy/envoy"),
        new("ingress-controllers.konghq.com/kong", "kong", "kong"),
        new("istio.io/ingress-controller", "istio", "istio/proxyv2"),
    ];

    /// <summary>The Services of the controllers that the files contain, by the class of the Ingresses that they serve.</summary>
    public static ImmutableSortedDictionary<string, string> ServicesOf(ClusterObjects objects)
    {
        ImmutableSortedDictionary<string, string>.Builder found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string name in objects.Http.Ingresses.Select(ingress => IngressClasses.ClassOf(ingress, objects.Http)).OfType<string>().Distinct())
            if (ServiceOf(name, objects) is { } service)
                found[name] = service.Meta.FullName;
        return found.ToImmutable();
    }

    private static Service? ServiceOf(string className, ClusterObjects objects)
    {
        string? controller = objects.Http.IngressClasses.FirstOrDefault(item => item.Meta.Name == className)?.Controller;
        KnownIngressController[] meant =
        [
            .. All.Where(known => className.Length == 0
                || (controller is null ? known.ClassName == className : controller.StartsWith(known.ClassController, StringComparison.Ordinal))),
        ];
        return meant.Length == 0 ? null : RouterImages.ServiceOf([.. meant.Select(known => known.Image)], objects, _ => true);
    }
}
