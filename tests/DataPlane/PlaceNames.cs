namespace KubeNetSim.Tests.DataPlane;

/// <summary>Who has which address in a random cluster: one plan for each family, in the blocks of RFC 5737 and RFC 3849 where they are the world's.</summary>
internal static class PlaceNames
{
    public static IpAddress ClusterIP(int service, IpFamily family) => Address(family, $"10.96.0.{service}", $"fd00:96::{service}");

    /// <summary>A cluster IP that no Service has.</summary>
    public static IpAddress Unallocated(IpFamily family) => Address(family, "10.96.200.1", "fd00:96::ffff");

    public static IpAddress External(int service, IpFamily family) => Address(family, $"203.0.113.{100 + service}", $"2001:db8:c::{service}");

    public static IpAddress Balancer(int service, IpFamily family) => Address(family, $"203.0.113.{service}", $"2001:db8:d::{service}");

    public static IpAddress Node(int node, IpFamily family) => Address(family, $"192.0.2.{node}", $"2001:db8::{node}");

    public static IpAddress SecondOfNode(int node, IpFamily family) => Address(family, $"192.0.2.{node + 128}", $"2001:db8:1::{node}");

    public static IpAddress Pod(int node, int pod, IpFamily family) => Address(family, $"10.1.{node}.{pod}", $"fd00:1:0:{node}::{pod:x}");

    /// <summary>A host somewhere; number 0 is in the block that Services like to let in.</summary>
    public static IpAddress Host(int number, IpFamily family) =>
        number == 0 ? Address(family, "198.51.100.77", "2001:db8:a::77") : Address(family, $"198.51.100.{176 + number}", $"2001:db8:b::{number}");

    public static IpAddress Loopback(IpFamily family) => Address(family, "127.0.0.1", "::1");

    public static Cidr Hosts(IpFamily family) => Block(family, "198.51.100.0/25", "2001:db8:a::/48");

    public static Cidr Nodes(IpFamily family) => Block(family, "192.0.2.0/25", "2001:db8::/64");

    public static Cidr SecondOfNodes(IpFamily family) => Block(family, "192.0.2.128/25", "2001:db8:1::/48");

    public static Cidr Services(IpFamily family) => Block(family, "10.96.0.0/16", "fd00:96::/64");

    public static Cidr Pods(IpFamily family) => Block(family, "10.1.0.0/16", "fd00:1::/32");

    public static Cidr PodsOf(int node, IpFamily family) => Block(family, $"10.1.{node}.0/24", $"fd00:1:0:{node}::/64");

    private static IpAddress Address(IpFamily family, string v4, string v6) => IpAddress.Parse(family == IpFamily.IPv4 ? v4 : v6);

    private static Cidr Block(IpFamily family, string v4, string v6) => Cidr.Parse(family == IpFamily.IPv4 ? v4 : v6);
}
