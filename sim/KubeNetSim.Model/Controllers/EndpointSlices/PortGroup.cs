using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>Pods of a Service at which its ports have the same numbers. They differ only where a targetPort is a name.</summary>
/// <param name="Ports">The ports, as an EndpointSlice lists them.</param>
/// <param name="Pods">The pods, in order.</param>
internal sealed record PortGroup(ImmutableArray<EndpointPort> Ports, List<Pod> Pods)
{
    /// <summary>What its ports have in common with those of the slices that exist.</summary>
    public string Key { get; } = KeyOf(Ports);

    /// <summary>Ports as one text, whatever their order (NewPortMapKey in k8s.io/endpointslice/util).</summary>
    public static string KeyOf(ImmutableArray<EndpointPort> ports) => string.Join(',', ports
        .Select(port => $"{port.Name}={port.Port}/{port.Protocol}/{port.AppProtocol}").Order(StringComparer.Ordinal));

    /// <summary>The groups, in the order of their first pods.</summary>
    public static List<PortGroup> Of(Service service, List<Pod> pods)
    {
        if (pods.Count == 0)
            return [];
        if (service.Ports.All(port => port.TargetPortName is null))
            return [new PortGroup(PortsAt(service, pods[0]), pods)];
        List<PortGroup> groups = [];
        Dictionary<ImmutableArray<ContainerPort>, PortGroup> byContainers = [];
        Dictionary<string, PortGroup> byNumbers = [];
        foreach (Pod pod in pods)
        {
            // Pods of one controller share the list of container ports, so that it need not be searched again for each.
            if (!byContainers.TryGetValue(pod.Spec.Ports, out PortGroup? group))
            {
                ImmutableArray<EndpointPort> ports = PortsAt(service, pod);
                string numbers = KeyOf(ports);
                if (!byNumbers.TryGetValue(numbers, out group))
                {
                    byNumbers.Add(numbers, group = new PortGroup(ports, []));
                    groups.Add(group);
                }
                byContainers.Add(pod.Spec.Ports, group);
            }
            group.Pods.Add(pod);
        }
        return groups;
    }

    // A port that the pod does not have is left out (k8s.io/endpointslice getEndpointPorts, FindPort: name and protocol must match).
    private static ImmutableArray<EndpointPort> PortsAt(Service service, Pod pod)
    {
        ImmutableArray<EndpointPort>.Builder ports = ImmutableArray.CreateBuilder<EndpointPort>(service.Ports.Length);
        foreach (ServicePort port in service.Ports)
        {
            int number = port.TargetPort > 0 ? port.TargetPort
                : port.TargetPortName is null ? port.Port
                : pod.Spec.Ports.FirstOrDefault(item => item.Name == port.TargetPortName && item.Protocol == port.Protocol)?.Port ?? 0;
            if (number > 0)
                ports.Add(new EndpointPort(port.Name, number, port.Protocol, port.AppProtocol));
        }
        return ports.ToImmutable();
    }
}
