using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Gives Services cluster IPs. Addresses written in manifests come first and must be free; they are kept even where the API server would
/// refuse them, so that what is written stays what is simulated.
/// </summary>
internal sealed class ClusterIpAllocator
{
    private readonly ImmutableArray<Cidr> _blocks;
    private readonly AddressBand[] _bands;
    private readonly ServiceFamilies _families;
    private readonly ControllerLog _log;
    private bool _saidUsedUp;

    public ClusterIpAllocator(ImmutableArray<Cidr> blocks, ControllerLog log)
    {
        _blocks = blocks;
        _bands = [.. blocks.Select(block => new AddressBand(block))];
        _families = new ServiceFamilies([.. blocks.Select(block => block.Family)], log);
        _log = log;
    }

    /// <summary>The Services with families and cluster IPs.</summary>
    public ImmutableArray<Service> Allocate(ImmutableArray<Service> services)
    {
        foreach (Service service in services)
            foreach (IpAddress address in service.ClusterIPs)
                Claim(service, address);
        ImmutableArray<Service>.Builder result = ImmutableArray.CreateBuilder<Service>(services.Length);
        foreach (Service service in services)
            result.Add(WithAddresses(_families.Fill(service)));
        return result.MoveToImmutable();
    }

    private void Claim(Service service, IpAddress address)
    {
        string asks = $"Service {service.Meta.FullName} asks for cluster IP {address}";
        if (_bands.FirstOrDefault(band => band.Contains(address)) is not { } band)
            _log.Error("cluster-ip-outside-range", service.Meta, "spec.clusterIP",
                $"{asks}, which Services of this cluster cannot have", $"choose one of {string.Join(", ", _blocks)}");
        else if (!band.TryClaim(address, service, out Service owner))
            _log.Error("duplicate-cluster-ip", service.Meta, "spec.clusterIP",
                $"{asks}, which Service {owner.Meta.FullName} ({owner.Meta.Origin.Of("spec.clusterIP")}) has already");
    }

    private Service WithAddresses(Service service)
    {
        if (service.Type == ServiceType.ExternalName || service.IsHeadless)
            return service;
        ImmutableArray<IpAddress> addresses = service.ClusterIPs;
        foreach (IpFamily family in service.IpFamilies)
            if (!addresses.Any(address => address.Family == family) && Take(service, family) is { } address)
                addresses = addresses.Add(address);
        return service with { ClusterIPs = addresses };
    }

    private IpAddress? Take(Service service, IpFamily family)
    {
        for (int number = 0; number < _blocks.Length; number++)
            if (_blocks[number].Family == family)
            {
                if (_bands[number].TryTake(service, out IpAddress address))
                    return address;
                SayUsedUp(service, _blocks[number]);
            }
        return null;
    }

    // Said once: thousands of Services may follow.
    private void SayUsedUp(Service service, Cidr block)
    {
        if (_saidUsedUp)
            return;
        _saidUsedUp = true;
        _log.Error("no-cluster-ip-left", service.Meta, "spec.clusterIP",
            $"Service {service.Meta.FullName} gets no cluster IP: {block} is used up", "use a larger Service block");
    }
}
