using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Gives Services cluster IPs. Addresses written in manifests come first and must be free; the others are taken from the upper band of the
/// block, so that low addresses stay for those who choose one (KEP-3070): the band begins at min(max(16, size / 16), 256).
/// </summary>
internal sealed class ClusterIpAllocator(ImmutableArray<Cidr> blocks, ControllerLog log)
{
    private readonly Dictionary<IpAddress, Service> _owners = [];
    private readonly Dictionary<IpFamily, UInt128> _next = [];

    public ImmutableArray<Service> Allocate(ImmutableArray<Service> services)
    {
        foreach (Service service in services)
            foreach (IpAddress address in service.ClusterIPs)
                Claim(service, address);
        ImmutableArray<Service>.Builder result = ImmutableArray.CreateBuilder<Service>(services.Length);
        foreach (Service service in services)
            result.Add(Allocate(service));
        return result.MoveToImmutable();
    }

    private void Claim(Service service, IpAddress address)
    {
        if (!blocks.Any(block => block.Contains(address)))
            log.Error("cluster-ip-outside-range", service.Meta, "spec.clusterIP",
                $"Service {service.Meta.FullName} asks for cluster IP {address}, which is in no Service block",
                $"choose one of {string.Join(", ", blocks)}");
        else if (!_owners.TryAdd(address, service))
            log.Error("duplicate-cluster-ip", service.Meta, "spec.clusterIP",
                $"Service {service.Meta.FullName} asks for cluster IP {address}, which Service {_owners[address].Meta.FullName} ({_owners[address].Meta.Origin.Start}) has already");
    }

    private Service Allocate(Service service)
    {
        if (service.Type == ServiceType.ExternalName || service.IsHeadless)
            return service.IsHeadless && service.IpFamilies.IsEmpty ? service with { IpFamilies = Families(service) } : service;
        ImmutableArray<IpAddress> addresses = service.ClusterIPs;
        foreach (IpFamily family in Families(service))
            if (!addresses.Any(address => address.Family == family) && Take(service, family) is { } address)
                addresses = addresses.Add(address);
        return service with { ClusterIPs = addresses };
    }

    private ImmutableArray<IpFamily> Families(Service service)
    {
        ImmutableArray<IpFamily> available = [.. blocks.Select(block => block.Family)];
        foreach (IpFamily family in service.IpFamilies)
            if (!available.Contains(family))
                log.Error("family-not-configured", service.Meta, "spec.ipFamilies",
                    $"Service {service.Meta.FullName} asks for {family}, for which the cluster has no Service block", $"the cluster has {string.Join(", ", available)}");
        bool both = service.IpFamilyPolicy is "PreferDualStack" or "RequireDualStack" || service.IpFamilies.Length > 1;
        if (service.IpFamilyPolicy == "RequireDualStack" && available.Length < 2)
            log.Error("family-not-configured", service.Meta, "spec.ipFamilyPolicy",
                $"Service {service.Meta.FullName} requires dual stack, and the cluster has Service blocks of {available[0]} only");
        ImmutableArray<IpFamily> wanted = [.. service.IpFamilies.Where(available.Contains)];
        if (wanted.IsEmpty)
            wanted = [service.ClusterIPs.IsEmpty ? available[0] : service.ClusterIPs[0].Family];
        return both ? [.. wanted.Concat(available).Distinct()] : wanted;
    }

    private IpAddress? Take(Service service, IpFamily family)
    {
        Cidr block = blocks.First(item => item.Family == family);
        UInt128 size = block.Last.Bits - block.First.Bits;
        UInt128 band = UInt128.Min(UInt128.Max(16, size / 16), 256);
        if (!_next.TryGetValue(family, out UInt128 offset))
            offset = band < size ? band : 1;
        // Twice through at most: the upper band, then, once that is used up, the lower.
        for (UInt128 tried = 0; tried <= size; tried++)
        {
            if (offset >= size)
                offset = 1;
            IpAddress address = block.First.Plus(offset++);
            if (!_owners.TryAdd(address, service))
                continue;
            _next[family] = offset;
            return address;
        }
        log.Error("no-cluster-ip-left", service.Meta, "spec.clusterIP",
            $"Service {service.Meta.FullName} gets no cluster IP: {block} is used up", "use a larger Service block");
        return null;
    }
}
