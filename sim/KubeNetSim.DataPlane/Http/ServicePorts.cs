namespace KubeNetSim.DataPlane.Http;

/// <summary>
/// Ports of a Gateway's Service whose number is not that of the listener: the listeners of Traefik, for example, are at the ports of its pods, and
/// its Service leads from 80 to 8000.
/// </summary>
internal static class ServicePorts
{
    /// <summary>The ports of the Service, by the port of the listener that they lead to.</summary>
    public static ILookup<int, int> Of(Gateway gateway, Cluster cluster)
    {
        Service? service = cluster.HttpRouters.RecognizedGateways.ContainsKey(gateway.Meta.FullName) ? RouterObjects.ServiceOf(gateway, cluster) : null;
        HashSet<int> listened = [.. gateway.AllListeners.Select(listener => listener.Port)];
        return (service?.Ports ?? []).Where(port => !listened.Contains(port.Port))
            .Select(port => (Listener: TargetOf(port, service!, cluster), port.Port))
            .ToLookup(pair => pair.Listener, pair => pair.Port);
    }

    private static int TargetOf(ServicePort port, Service service, Cluster cluster) => port.TargetPortName is not { } name ? port.TargetPort
        : cluster.Pods.Where(pod => pod.Meta.Namespace == service.Meta.Namespace && service.Selector?.Matches(pod.Meta.Labels) == true)
            .SelectMany(pod => pod.Spec.Ports).FirstOrDefault(declared => declared.Name == name)?.Port ?? 0;
}
