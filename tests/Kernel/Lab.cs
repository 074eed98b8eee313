namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// A node of the kernel's own and what surrounds it, each in a namespace: pods, hosts outside, and what lies beyond, where packets go that no
/// rule and no other route takes. Nothing has an address outside of the namespaces.
/// </summary>
internal sealed class Lab : IDisposable
{
    /// <summary>What a masqueraded packet has as its source: the node's address on every link.</summary>
    public static readonly IpAddress[] Gateways = [IpAddress.Parse("172.31.0.1"), IpAddress.Parse("fd00:31::1")];

    // The other end of every link.
    private static readonly IpAddress[] Neighbors = [IpAddress.Parse("172.31.0.2"), IpAddress.Parse("fd00:31::2")];

    // Any of their addresses may send; the hosts outside have them all.
    private static readonly string[] Crowds = ["198.18.0.0/16", "2001:db8:f::/48"];

    // Above the node ports. A port comes back only after the kernel has forgotten the connections that it was used for.
    private const int FirstPort = 33_000;
    private const int LastPort = 64_999;

    private readonly Dictionary<IpAddress, Link> _links = [];
    private readonly List<Link> _all = [];
    private readonly Link _hosts;
    private readonly Link _beyond;
    private readonly string? _bridge;
    private int _port = FirstPort;

    /// <summary>Builds it.</summary>
    /// <param name="bridge">Name of the bridge that the node's pods are on; null where each has a link of its own.</param>
    public Lab(string? bridge = null)
    {
        _bridge = bridge;
        foreach ((string name, string value) in OfNode)
            Node.Set(name, value);
        foreach (string loopback in (string[])["127.0.0.1", "::1"])
            _links.Add(IpAddress.Parse(loopback), default);
        if (bridge is not null)
            Node.Command("ip", "-batch -", $"link add {bridge} type bridge\n{Up(bridge)}");
        _hosts = Connect("ext-hosts");
        for (int family = 0; family < 2; family++)
        {
            _hosts.Far.Command("ip", $"route add local {Crowds[family]} dev lo");
            Node.Command("ip", $"route add {Crowds[family]} via {Neighbors[family]} dev {_hosts.Name} onlink");
        }
        _beyond = Connect("ext-beyond");
        foreach (IpAddress neighbor in Neighbors)
            Node.Command("ip", $"route add default via {neighbor} dev {_beyond.Name} onlink");
    }

    /// <summary>The node whose rules are judged.</summary>
    public NetworkNamespace Node { get; } = new();

    /// <summary>An address far away: where packets go that no rule takes elsewhere.</summary>
    public void AddBeyond(IpAddress address)
    {
        if (_links.TryAdd(address, _beyond))
            _beyond.Far.Command("ip", $"address add {Host(address)} dev lo{NoDetection(address)}");
    }

    /// <summary>Gives the node an address.</summary>
    public void AddToNode(IpAddress address)
    {
        if (_links.TryAdd(address, default))
            Node.Command("ip", $"address add {Host(address)} dev lo{NoDetection(address)}");
    }

    /// <summary>A pod of the node: on its bridge, or on a link whose name begins with veth.</summary>
    public void AddPod(IpAddress address)
    {
        if (!_links.ContainsKey(address))
            Attach(Connect($"veth{_all.Count}", _bridge), address);
    }

    /// <summary>A pod of another node.</summary>
    public void AddRemotePod(IpAddress address)
    {
        if (!_links.ContainsKey(address))
            Attach(Connect($"ext{_all.Count}"), address);
    }

    /// <summary>An address of the hosts outside.</summary>
    public void AddHost(IpAddress address)
    {
        if (!_links.ContainsKey(address))
            Attach(_hosts, address);
    }

    /// <summary>Who sends from an address, or listens at it.</summary>
    public NetworkNamespace At(IpAddress address) =>
        _links.TryGetValue(address, out Link link) ? link.Far ?? Node : _hosts.Far;

    /// <summary>A port to send from that makes the connection new to the rules.</summary>
    public int NextPort()
    {
        _port = _port == LastPort ? FirstPort : _port + 1;
        return _port;
    }

    public void Dispose()
    {
        Node.Dispose();
        foreach (Link link in _all)
            link.Far.Dispose();
    }

    // Addresses work at once, and no packet is refused because of where it comes from.
    private static (string Name, string Value)[] OfAll =>
    [
        ("net.ipv4.conf.all.rp_filter", "0"),
        ("net.ipv4.conf.default.rp_filter", "0"),
        ("net.ipv6.conf.all.accept_dad", "0"),
        ("net.ipv6.conf.default.accept_dad", "0"),
        ("net.ipv6.ip_nonlocal_bind", "1"),
    ];

    private static (string Name, string Value)[] OfNode =>
    [
        .. OfAll,
        ("net.ipv4.ip_forward", "1"),
        ("net.ipv6.conf.all.forwarding", "1"),
        ("net.ipv4.conf.all.send_redirects", "0"),
        ("net.ipv4.conf.default.send_redirects", "0"),
        // As kube-proxy sets it where it offers node ports on loopback addresses.
        ("net.ipv4.conf.all.route_localnet", "1"),
        // Each refusal is to be heard, however many there are in a second.
        ("net.ipv4.icmp_ratelimit", "0"),
        ("net.ipv4.icmp_msgs_per_sec", "1000000"),
        ("net.ipv4.icmp_msgs_burst", "1000000"),
        ("net.ipv6.icmp.ratelimit", "0"),
    ];

    // A pod that reaches itself over a bridge needs the hairpin, as network plug-ins set it: the bridge sends its packet back by itself.
    private Link Connect(string name, string? bridge = null)
    {
        Link link = new(bridge ?? name, new NetworkNamespace());
        foreach ((string setting, string value) in OfAll)
            link.Far.Set(setting, value);
        Node.Command("ip", "-batch -", $"""
            link add {name} type veth peer name eth0 netns {link.Far.Path}
            {(bridge is null ? Up(name) : $"link set {name} master {bridge} up\nlink set {name} type bridge_slave hairpin on")}
            """);
        link.Far.Command("ip", "-batch -", $"""
            link set eth0 up
            address add {Host(Neighbors[0])} dev eth0
            address add {Host(Neighbors[1])} dev eth0 nodad
            route add default dev eth0 via {Gateways[0]} onlink
            route add default dev eth0 via {Gateways[1]} onlink
            """);
        _all.Add(link);
        return link;
    }

    private static string Up(string link) => $"""
        link set {link} up
        address add {Host(Gateways[0])} dev {link}
        address add {Host(Gateways[1])} dev {link} nodad
        """;

    private void Attach(Link link, IpAddress address)
    {
        _links.Add(address, link);
        link.Far.Command("ip", $"address add {Host(address)} dev eth0{NoDetection(address)}");
        Node.Command("ip", $"route add {Host(address)} dev {link.Name}");
    }

    private static string Host(IpAddress address) => $"{address}/{(address.Family == IpFamily.IPv4 ? 32 : 128)}";

    private static string NoDetection(IpAddress address) => address.Family == IpFamily.IPv6 ? " nodad" : "";

    private readonly record struct Link(string Name, NetworkNamespace Far);
}
