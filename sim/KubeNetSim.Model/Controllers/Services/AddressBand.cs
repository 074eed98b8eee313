namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// The addresses of a Service block (pkg/registry/core/service/ipallocator). The first is not used, nor, in IPv4, the last. Allocated
/// addresses come from above an offset of min(max(16, size / 16), 256), so that low ones stay free for manual choice, and from below
/// once the upper band is used up (KEP-3070). kube-apiserver draws them at random; here they are taken in order.
/// </summary>
internal sealed class AddressBand
{
    private readonly Cidr _block;
    private readonly UInt128 _count;
    private readonly UInt128 _offset;
    private readonly Dictionary<IpAddress, Service> _owners = [];
    private UInt128 _tried;

    public AddressBand(Cidr block)
    {
        _block = block;
        // All but the first, and in IPv4 the last; the size of ::/0 does not fit, and no cluster has it.
        UInt128 last = block.Last.Bits - block.First.Bits;
        _count = block.Family == IpFamily.IPv4 && last > 0 ? last - 1 : last;
        _offset = last < 16 ? 0 : UInt128.Min(UInt128.Max(16, (last + 1) / 16), 256);
    }

    /// <summary>Whether Services may have the address.</summary>
    public bool Contains(IpAddress address) =>
        _block.Contains(address) && address.Bits != _block.First.Bits && address.Bits - _block.First.Bits <= _count;

    /// <summary>Notes that a Service chose the address; false where <paramref name="owner"/> has it already.</summary>
    public bool TryClaim(IpAddress address, Service service, out Service owner)
    {
        bool isNew = _owners.TryAdd(address, service);
        owner = _owners[address];
        return isNew;
    }

    /// <summary>Takes the next free address; false where none is left.</summary>
    public bool TryTake(Service service, out IpAddress address)
    {
        // Every address is looked at once in all: none ever becomes free again.
        while (_tried < _count)
        {
            UInt128 place = _tried < _count - _offset ? _offset + _tried : _tried - (_count - _offset);
            _tried++;
            address = _block.First.Plus(place + 1);
            if (_owners.TryAdd(address, service))
                return true;
        }
        address = default;
        return false;
    }
}
