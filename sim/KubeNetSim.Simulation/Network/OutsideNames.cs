namespace KubeNetSim.Simulation.Network;

/// <summary>
/// Addresses for host names outside the cluster. The simulator does not ask the internet: each name gets an address of TEST-NET-2 (RFC
/// 5737), in
/// the order of the scenario.
/// </summary>
public sealed class OutsideNames
{
    private static readonly Cidr Block = Cidr.Parse("198.51.100.0/24");

    private readonly List<string> _names = [];

    /// <summary>The address of the first name.</summary>
    public static IpAddress FirstAddress => Block.First.Plus(1);

    /// <summary>The address of a name.</summary>
    public IpAddress AddressOf(string name)
    {
        int number = _names.IndexOf(name);
        if (number < 0)
        {
            number = _names.Count;
            _names.Add(name);
        }
        return Block.First.Plus((UInt128)number + 1);
    }

    /// <summary>The name of an address, or the address itself where it has none.</summary>
    public string NameOf(IpAddress address)
    {
        UInt128 number = address.Bits - Block.First.Bits - 1;
        return Block.Contains(address) && number < (UInt128)_names.Count ? _names[(int)number] : address.ToString();
    }
}
