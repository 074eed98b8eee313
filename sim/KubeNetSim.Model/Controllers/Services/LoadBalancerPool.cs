namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// Addresses for load balancers. With MetalLB the first free one of the block wins, and Services may share one: with the same sharing key,
/// ports that differ, and the same pods where their policy is Local (metallb/metallb internal/allocator, checkSharing).
/// </summary>
internal sealed class LoadBalancerPool
{
    private static readonly string[] SharingAnnotations = ["metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip"];

    private readonly Cidr _block;
    private readonly bool _isMetallb;
    private readonly Dictionary<IpAddress, List<Service>> _users = [];
    private readonly Dictionary<string, List<IpAddress>> _shared = [];
    private UInt128 _next;

    public LoadBalancerPool(Cidr block, bool isMetallb)
    {
        (_block, _isMetallb) = (block, isMetallb);
        // MetalLB gives the block's first address, too, unless avoidBuggyIPs is set; clouds keep it.
        _next = isMetallb ? UInt128.Zero : UInt128.One;
    }

    /// <summary>Family of the addresses.</summary>
    public IpFamily Family => _block.Family;

    /// <summary>Whether the address is of this pool.</summary>
    public bool Contains(IpAddress address) => _block.Contains(address);

    /// <summary>The first Service that has the address, which is in use.</summary>
    public Service UserOf(IpAddress address) => _users[address][0];

    /// <summary>Notes that a Service has the address, whatever the rules say.</summary>
    public void Use(IpAddress address, Service service)
    {
        if (!_users.TryGetValue(address, out List<Service>? users))
            _users.Add(address, users = []);
        users.Add(service);
        if (SharingKey(service) is not { } key)
            return;
        if (!_shared.TryGetValue(key, out List<IpAddress>? addresses))
            _shared.Add(key, addresses = []);
        addresses.Add(address);
    }

    /// <summary>Gives the Service this address; false where another has it and does not share it.</summary>
    public bool TryClaim(IpAddress address, Service service)
    {
        if (_users.TryGetValue(address, out List<Service>? users) && !users.All(other => CanShare(service, other)))
            return false;
        Use(address, service);
        return true;
    }

    /// <summary>Gives the Service an address; false where none is left.</summary>
    public bool TryTake(Service service, out IpAddress address)
    {
        if (SharingKey(service) is { } key && _shared.TryGetValue(key, out List<IpAddress>? candidates))
            foreach (IpAddress candidate in candidates)
                if (TryClaim(address = candidate, service))
                    return true;
        for (address = _block.First.Plus(_next); _block.Contains(address); address = _block.First.Plus(++_next))
            if (!_users.ContainsKey(address))
            {
                Use(address, service);
                return true;
            }
        return false;
    }

    private bool CanShare(Service one, Service other) =>
        SharingKey(one) is { } key && key == SharingKey(other)
        && BackendKey(one) == BackendKey(other)
        && !one.Ports.Any(port => other.Ports.Any(taken => taken.Protocol == port.Protocol && taken.Port == port.Port));

    private string? SharingKey(Service service) => !_isMetallb ? null
        : SharingAnnotations.Select(name => service.Meta.Annotations.GetValueOrDefault(name))
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static string BackendKey(Service service) =>
        service.ExternalTrafficPolicy == TrafficPolicy.Local ? $"{service.Meta.Namespace} {service.Selector}" : "";
}
