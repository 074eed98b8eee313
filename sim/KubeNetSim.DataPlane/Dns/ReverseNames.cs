namespace KubeNetSim.DataPlane.Dns;

/// <summary>Names of addresses: in-addr.arpa (RFC 1035 3.5) and ip6.arpa (RFC 3596 2.5).</summary>
internal static class ReverseNames
{
    /// <summary>The name of an address, with the trailing dot.</summary>
    public static string Of(IpAddress address)
    {
        int digits = address.Family == IpFamily.IPv4 ? 4 : 32;
        int bits = address.Family == IpFamily.IPv4 ? 8 : 4;
        IEnumerable<string> labels = Enumerable.Range(0, digits).Select(digit =>
        {
            uint value = (uint)(address.Bits >> (digit * bits)) & ((1u << bits) - 1);
            return bits == 8 ? $"{value}" : $"{value:x}";
        });
        return $"{string.Join('.', labels)}.{(bits == 8 ? "in-addr" : "ip6")}.arpa.";
    }
}
