namespace KubeNetSim.Model.Controllers.Http;

/// <summary>Finds the Service of pods that run one of several images.</summary>
internal static class RouterImages
{
    /// <summary>
    /// The Service that leads requests to pods of one of these images: a load balancer before node ports, those before others; null where
    /// there is none.
    /// </summary>
    public static Service? ServiceOf(IReadOnlyCollection<string> images, ClusterObjects objects, Func<Service, bool> isMeant) => objects.Services
        .Where(service => service.Selector is not null && service.Ports.Any(TakesHttp) && isMeant(service))
        .OrderByDescending(service => service.Type is ServiceType.LoadBalancer).ThenByDescending(service => service.Type is ServiceType.NodePort)
        .FirstOrDefault(service => ImagesOf(service, objects).Any(image => images.Any(known => IsOf(image, known))));

    private static bool TakesHttp(ServicePort port) => port.Port is 80 or 443 || port.Name is "http" or "https" or "web" or "websecure";

    private static IEnumerable<string> ImagesOf(Service service, ClusterObjects objects) =>
        objects.Controllers.Where(item => item.Meta.Namespace == service.Meta.Namespace && service.Selector!.Matches(item.TemplateLabels))
            .SelectMany(item => item.Template.Images)
            .Concat(objects.Pods.Where(pod => pod.Meta.Namespace == service.Meta.Namespace && service.Selector!.Matches(pod.Meta.Labels))
                .SelectMany(pod => pod.Spec.Images));

    // The last parts of the path, without tag and digest: registries are mirrored.
    private static bool IsOf(string image, string known)
    {
        string path = image.Split('@')[0];
        int tag = path.LastIndexOf(':');
        path = tag > path.LastIndexOf('/') ? path[..tag] : path;
        return path == known || path.EndsWith($"/{known}", StringComparison.Ordinal);
    }
}
