namespace KubeNetSim.DataPlane;

/// <summary>Names of addresses: in-addr.arpa (RFC 1035 3.5) and ip6.arpa (RFC 3596 2.5).</summary>
internal static class ReverseNames
{
    // Zones that every resolver is to answer as empty, since nobody in the internet can know their names (RFC 6303 4, RFC 7793).
    private static readonly string[] PrivateZones =
    [
        "0.in-addr.arpa.", "10.in-addr.arpa.", "127.in-addr.arpa.", "254.169.in-addr.arpa.", "168.192.in-addr.arpa.",
        .. Enumerable.Range(16, 16).Select(part => $"{part}.172.in-addr.arpa."), .. Enumerable.Range(64, 64).Select(part => $"{part}.100.in-addr.arpa."),
        "2.0.192.in-addr.arpa.", "100.51.198.in-addr.arpa.", "113.0.203.in-addr.arpa.", "255.255.255.255.in-addr.arpa.",
        "d.f.ip6.arpa.", "8.e.f.ip6.arpa.", "9.e.f.ip6.arpa.", "a.e.f.ip6.arpa.", "b.e.f.ip6.arpa.", "8.b.d.0.1.0.0.2.ip6.arpa.",
    ];

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

    /// <summary>Whether a name is that of a private address, of which a server outside says that it does not exist.</summary>
    public static bool IsPrivate(string name) =>
        PrivateZones.Any(zone => name.EndsWith($".{zone}", StringComparison.OrdinalIgnoreCase));
}
