namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// Finds the Service that an address and port belong to. Endpoints play no part, so tables share it while only those change. IPv4 has
/// a map of its own, whose keys are single numbers: this is the simulation's hottest look-up.
/// </summary>
internal sealed class FrontendTable
{
    private readonly Dictionary<ulong, Frontend> _v4 = [];
    private readonly Dictionary<FrontendKey, Frontend> _v6 = [];
    private readonly Dictionary<(string Namespace, string Name), (int First, int Count)> _portsByService = [];
    private readonly HashSet<IpAddress> _clusterIPs = [];
    private readonly HashSet<IpAddress> _virtualIPs = [];
    private readonly List<int> _firstOfPorts = [];
    private readonly HashSet<(IpFamily Family, int Port)> _healthCheckPorts = [];

    public FrontendTable(IEnumerable<ServicePortEntry> ports)
    {
        List<(Frontend, FrontendKey)> all = [];
        foreach (ServicePortEntry port in ports)
        {
            (string, string) name = (port.Service.Meta.Namespace, port.Service.Meta.Name);
            (int first, int count) = _portsByService.GetValueOrDefault(name, (port.Index, 0));
            _portsByService[name] = (first, count + 1);
            _firstOfPorts.Add(all.Count);
            foreach ((FrontendKind kind, FrontendKey key) in Frontend.KeysOf(port))
            {
                Frontend frontend = new(kind, port.Index, all.Count);
                all.Add((frontend, key));
                Add(frontend, key);
            }
            if (port.HealthCheckPort != 0)
                _healthCheckPorts.Add((port.Family, port.HealthCheckPort));
        }
        All = all;
    }

    /// <summary>Every frontend, in the order of the ports.</summary>
    public IReadOnlyList<(Frontend Frontend, FrontendKey Key)> All { get; }

    /// <summary>The frontend that packets to this address and port are for; false where there is none.</summary>
    public bool TryFind(in IpAddress address, Protocol protocol, int port, out Frontend frontend) => address.Family == IpFamily.IPv4
        ? _v4.TryGetValue(FrontendKey.Pack((uint)address.Bits, protocol, port), out frontend)
        : _v6.TryGetValue(new FrontendKey(address, protocol, port), out frontend);

    /// <summary>The frontend that packets to this port of a node are for; false where there is none.</summary>
    public bool TryFindNodePort(IpFamily family, Protocol protocol, int port, out Frontend frontend) =>
        TryFind(new IpAddress(0, family), protocol, port, out frontend);

    /// <summary>The number of a port's first frontend, its cluster IP; its others follow.</summary>
    public int FirstOf(ServicePortEntry port) => _firstOfPorts[port.Index];

    /// <summary>The entries of a Service, which are neighbours; none where it is not known.</summary>
    public (int First, int Count) PortsOf(Service service) => _portsByService.GetValueOrDefault((service.Meta.Namespace, service.Meta.Name));

    /// <summary>Whether the address is the cluster IP of some Service.</summary>
    public bool IsClusterIP(IpAddress address) => _clusterIPs.Contains(address);

    /// <summary>Whether the address is any address of some Service.</summary>
    public bool IsVirtualIP(IpAddress address) => _virtualIPs.Contains(address);

    /// <summary>Whether kube-proxy answers health checks of a load balancer at this TCP port of every node's addresses of the family.</summary>
    public bool IsHealthCheckPort(IpFamily family, int port) => _healthCheckPorts.Contains((family, port));

    private void Add(Frontend frontend, in FrontendKey key)
    {
        if (key.Address.Family == IpFamily.IPv4)
            _v4.TryAdd(FrontendKey.Pack((uint)key.Address.Bits, key.Protocol, key.Port), frontend);
        else
            _v6.TryAdd(key, frontend);
        if (frontend.Kind == FrontendKind.ClusterIP)
            _clusterIPs.Add(key.Address);
        if (frontend.Kind != FrontendKind.NodePort)
            _virtualIPs.Add(key.Address);
    }
}
