using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// Gives Services cluster IPs. Addresses written in manifests come first and must be free; they are kept even where the API server would
/// refuse them, so that what is written stays what is simulated. Where no document gives the Service block, an address outside of the
/// usual one is right, too.
/// </summary>
internal sealed class ClusterIpAllocator
{
    private readonly ImmutableArray<Cidr> _blocks;
    private readonly AddressBand[] _bands;
    private readonly ServiceFamilies _families;
    private readonly ControllerLog _log;
    private readonly bool _isSaid;
    private readonly Dictionary<IpAddress, Service> _outside = [];
    private bool _saidUsedUp;

    public ClusterIpAllocator(ClusterBlocks blocks, ControllerLog log)
    {
        _blocks = blocks.ServiceCidrs;
        _isSaid = blocks.AreServicesSaid;
        _bands = [.. _blocks.Select(block => new AddressBand(block))];
        _families = new ServiceFamilies([.. blocks.Families], log);
        _log = log;
    }

    /// <summary>The Services with families and cluster IPs.</summary>
    public ImmutableArray<Service> Allocate(ImmutableArray<Service> services)
    {
        foreach (Service service in services)
            foreach (IpAddress address in service.ClusterIPs)
                Claim(service, address);
        if (!_isSaid && _outside.Count > 0)
            _log.Default("Service block", $"{string.Join(", ", _blocks)}, and the cluster IPs outside of it that are written");
        ImmutableArray<Service>.Builder result = ImmutableArray.CreateBuilder<Service>(services.Length);
        foreach (Service service in services)
            result.Add(WithAddresses(_families.Fill(service)));
        return result.MoveToImmutable();
    }

    private void Claim(Service service, IpAddress address)
    {
        string asks = $"Service {service.Meta.FullName} asks for cluster IP {address}";
        AddressBand? band = _bands.FirstOrDefault(band => band.Contains(address));
        if (band is null && _isSaid)
            _log.Error("cluster-ip-outside-range", service.Meta, "spec.clusterIP",
                $"{asks}, which Services of this cluster cannot have", $"choose one of {string.Join(", ", _blocks)}");
        else if (!IsFree(band, address, service, out Service owner))
            _log.Error("duplicate-cluster-ip", service.Meta, "spec.clusterIP",
                $"{asks}, which Service {owner.Meta.FullName} ({owner.Meta.Origin.Of("spec.clusterIP")}) has already");
    }

    private bool IsFree(AddressBand? band, IpAddress address, Service service, out Service owner)
    {
        if (band is not null)
            return band.TryClaim(address, service, out owner);
        bool isNew = _outside.TryAdd(address, service);
        owner = _outside[address];
        return isNew;
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

    // Reported once, because thousands of Services may follow.
    private void SayUsedUp(Service service, Cidr block)
    {
        if (_saidUsedUp)
            return;
        _saidUsedUp = true;
        _log.Error("no-cluster-ip-left", service.Meta, "spec.clusterIP",
            $"Service {service.Meta.FullName} gets no cluster IP: {block} is used up", "use a larger Service block");
    }
}
