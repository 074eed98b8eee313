using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Gives node ports, and health check node ports, out of 30000 to 32767. Ports written in manifests come first; the others are taken
/// from the upper band (KEP-3668): it begins min(max(16, size / 32), 128) above the first.
/// </summary>
internal sealed class NodePortAllocator(ControllerLog log)
{
    /// <summary>kube-apiserver --service-node-port-range.</summary>
    public const int First = 30_000;

    /// <summary>The last of the range.</summary>
    public const int Last = 32_767;

    private const int BandStart = First + ((Last - First + 1) / 32);

    private readonly Dictionary<(Protocol Protocol, int Port), Service> _owners = [];
    private int _next = BandStart;

    public ImmutableArray<Service> Allocate(ImmutableArray<Service> services)
    {
        foreach (Service service in services)
            ClaimWritten(service);
        ImmutableArray<Service>.Builder result = ImmutableArray.CreateBuilder<Service>(services.Length);
        foreach (Service service in services)
            result.Add(Allocate(service));
        return result.MoveToImmutable();
    }

    private void ClaimWritten(Service service)
    {
        for (int number = 0; number < service.Ports.Length; number++)
        {
            ServicePort port = service.Ports[number];
            if (port.NodePort == 0 || service.Type is not (ServiceType.NodePort or ServiceType.LoadBalancer))
                continue;
            if (_owners.TryAdd((port.Protocol, port.NodePort), service))
                continue;
            Service owner = _owners[(port.Protocol, port.NodePort)];
            log.Error("duplicate-node-port", service.Meta, $"spec.ports[{number}].nodePort",
                $"Service {service.Meta.FullName} asks for node port {port.NodePort}/{port.Protocol}, which Service {owner.Meta.FullName} ({owner.Meta.Origin.Start}) has already");
        }
        if (service.HealthCheckNodePort != 0 && !_owners.TryAdd((Protocol.TCP, service.HealthCheckNodePort), service))
            log.Error("duplicate-node-port", service.Meta, "spec.healthCheckNodePort",
                $"Service {service.Meta.FullName} asks for health check node port {service.HealthCheckNodePort}, which Service {_owners[(Protocol.TCP, service.HealthCheckNodePort)].Meta.FullName} has already");
    }

    private Service Allocate(Service service)
    {
        bool wantsPorts = service.Type == ServiceType.NodePort || (service.Type == ServiceType.LoadBalancer && service.AllocateNodePorts);
        if (wantsPorts && service.Ports.Any(port => port.NodePort == 0))
            service = service with { Ports = [.. service.Ports.Select(port => port.NodePort == 0 ? port with { NodePort = Take(service, port.Protocol) } : port)] };
        bool wantsHealthCheck = service is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local, HealthCheckNodePort: 0 };
        return wantsHealthCheck ? service with { HealthCheckNodePort = Take(service, Protocol.TCP) } : service;
    }

    private int Take(Service service, Protocol protocol)
    {
        for (int tried = First; tried <= Last; tried++)
        {
            int port = _next++;
            if (_next > Last)
                _next = First;
            if (_owners.TryAdd((protocol, port), service))
                return port;
        }
        log.Error("no-node-port-left", service.Meta, "spec.ports", $"Service {service.Meta.FullName} gets no node port: {First} to {Last} are used up");
        return 0;
    }
}
