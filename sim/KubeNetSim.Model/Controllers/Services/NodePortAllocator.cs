using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// Gives node ports, and health check node ports, out of 30000 to 32767 (pkg/registry/core/service/storage/alloc.go). A port belongs to one
/// Service, whatever the protocol; ports of one Service that differ in protocol only share it. Ports written in manifests come first and
/// are kept even where the API server would refuse them.
/// </summary>
internal sealed class NodePortAllocator(ControllerLog log)
{
    /// <summary>kube-apiserver --service-node-port-range.</summary>
    public const int First = 30_000;

    /// <summary>The last of the range.</summary>
    public const int Last = 32_767;

    private const int Size = Last - First + 1;

    // Allocated ports come from above min(max(16, size / 32), 128), and from below once those are used up (KEP-3668).
    private const int Offset = Size / 32;

    private readonly Dictionary<int, Service> _owners = [];
    private int _tried;
    private bool _saidUsedUp;

    /// <summary>The Services with node ports.</summary>
    public ImmutableArray<Service> Allocate(ImmutableArray<Service> services)
    {
        foreach (Service service in services)
            ClaimWritten(service);
        ImmutableArray<Service>.Builder result = ImmutableArray.CreateBuilder<Service>(services.Length);
        foreach (Service service in services)
            result.Add(WithHealthCheck(WithNodePorts(service)));
        return result.MoveToImmutable();
    }

    private void ClaimWritten(Service service)
    {
        if (service.Type is not (ServiceType.NodePort or ServiceType.LoadBalancer))
            return;
        HashSet<int> own = [];
        Dictionary<int, int> byPort = [];
        for (int number = 0; number < service.Ports.Length; number++)
            // Ports of the same number that differ in protocol ask once for the node port that they share (initNodePorts).
            if (service.Ports[number] is { NodePort: not 0 } port
                && (byPort.TryAdd(port.Port, port.NodePort) || byPort[port.Port] != port.NodePort))
                Claim(service, own, port.NodePort, $"spec.ports[{number}].nodePort", "node port");
        if (service.HealthCheckNodePort != 0 && NeedsHealthCheck(service))
            Claim(service, own, service.HealthCheckNodePort, "spec.healthCheckNodePort", "health check node port");
    }

    private void Claim(Service service, HashSet<int> own, int port, string field, string what)
    {
        string asks = $"Service {service.Meta.FullName} asks for {what} {port}";
        if (port is < First or > Last)
            log.Warn("node-port-outside-range", service.Meta, field,
                $"{asks}, which an API server refuses unless its --service-node-port-range is another than {First}-{Last}",
                "leave the field out to have one chosen");
        if (!own.Add(port))
            log.Warn("node-port-shared", service.Meta, field,
                $"{asks}, which it asks for already at another port, and the allocation refuses a second time",
                "leave the field out to have one chosen");
        else if (!_owners.TryAdd(port, service))
            log.Error("duplicate-node-port", service.Meta, field,
                $"{asks}, which Service {_owners[port].Meta.FullName} ({_owners[port].Meta.Origin.Start}) has already",
                "leave the field out to have one chosen");
    }

    private Service WithNodePorts(Service service)
    {
        bool wantsPorts = service.Type == ServiceType.NodePort || (service.Type == ServiceType.LoadBalancer && service.AllocateNodePorts);
        if (!wantsPorts || service.Ports.All(port => port.NodePort != 0))
            return service;
        // DNS over UDP and TCP has one node port: the port that one of them has, the others of the same number get (initNodePorts).
        Dictionary<int, int> byPort = [];
        foreach (ServicePort port in service.Ports)
            if (port.NodePort != 0)
                byPort.TryAdd(port.Port, port.NodePort);
        ImmutableArray<ServicePort>.Builder ports = ImmutableArray.CreateBuilder<ServicePort>(service.Ports.Length);
        foreach (ServicePort port in service.Ports)
        {
            if (port.NodePort == 0 && !byPort.ContainsKey(port.Port))
                byPort.Add(port.Port, Take(service));
            ports.Add(port.NodePort == 0 ? port with { NodePort = byPort[port.Port] } : port);
        }
        return service with { Ports = ports.MoveToImmutable() };
    }

    private Service WithHealthCheck(Service service) =>
        service.HealthCheckNodePort == 0 && NeedsHealthCheck(service) ? service with { HealthCheckNodePort = Take(service) } : service;

    private static bool NeedsHealthCheck(Service service) =>
        service is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local };

    private int Take(Service service)
    {
        while (_tried < Size)
        {
            int port = First + ((Offset + _tried++) % Size);
            if (_owners.TryAdd(port, service))
                return port;
        }
        if (!_saidUsedUp)
            log.Error("no-node-port-left", service.Meta, "spec.ports",
                $"Service {service.Meta.FullName} gets no node port: {First}-{Last} are used up",
                "a LoadBalancer can do without: allocateLoadBalancerNodePorts: false");
        _saidUsedUp = true;
        return 0;
    }
}
