using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>
/// Names of the chains and sets that kube-proxy makes in nftables mode (pkg/proxy/nftables/proxier.go): a prefix, 8 characters of a
/// hash of the readable name, and the readable name.
/// </summary>
internal static class NftablesNames
{
    private const int HashLength = 8;

    // Longest name of an nftables object (256) without the longest prefix (16).
    private const int LongestName = 240;

    /// <summary>A chain of a Service's port: service, local, external or firewall.</summary>
    public static string Of(string kind, ServicePortEntry port) => $"{kind}-{Hashed(BaseOf(port))}";

    /// <summary>A chain (endpoint) or set (affinity) of an endpoint. Colons are not allowed in names.</summary>
    public static string Of(string kind, ServicePortEntry port, in EndpointEntry endpoint) =>
        $"{kind}-{Hashed($"{BaseOf(port)}__{endpoint.Address.ToString().Replace(':', '.')}/{endpoint.Port}")}";

    private static string BaseOf(ServicePortEntry port) =>
        $"{port.Service.Meta.FullName}/{port.Port.Protocol.ToString().ToLowerInvariant()}/{port.Port.Name}";

    private static string Hashed(string name)
    {
        string hashed = $"{Base32.Of(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength]}-{name}";
        return hashed.Length > LongestName ? hashed[..(LongestName - 3)] + "..." : hashed;
    }
}
