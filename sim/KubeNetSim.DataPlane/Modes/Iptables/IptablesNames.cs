using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// Names of the chains that kube-proxy makes in iptables mode (pkg/proxy/iptables/proxier.go): a prefix and 16 characters of the
/// base32 form of a SHA-256. Pure functions of names, so anybody finds them again on a real node.
/// </summary>
internal static class IptablesNames
{
    private const int HashLength = 16;

    /// <summary>The chain of a Service's port: KUBE-SVC- (all endpoints), SVL- (local ones), EXT- (external), FW- (source ranges).</summary>
    public static string Of(string kind, ServicePortEntry port) => $"KUBE-{kind}-{Hash(port.Name + ProtocolOf(port))}";

    /// <summary>The chain of an endpoint.</summary>
    public static string Of(ServicePortEntry port, in EndpointEntry endpoint) =>
        $"KUBE-SEP-{Hash(port.Name + ProtocolOf(port) + endpoint)}";

    private static string ProtocolOf(ServicePortEntry port) => port.Port.Protocol.ToString().ToLowerInvariant();

    private static string Hash(string text) => Base32.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
