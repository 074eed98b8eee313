using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Finds the Service that an address and port belong to. Endpoints play no part, so tables share it while only those change.</summary>
internal sealed class FrontendTable
{
    private readonly Dictionary<FrontendKey, int> _byKey = [];
    private readonly HashSet<IpAddress> _clusterIPs = [];
    private readonly HashSet<IpAddress> _virtualIPs = [];
    private readonly HashSet<int> _healthCheckPorts = [];

    public FrontendTable(IEnumerable<ServicePortEntry> ports)
    {
        List<Frontend> all = [];
        foreach (ServicePortEntry port in ports)
        {
            foreach (Frontend frontend in Frontend.Of(port))
            {
                _byKey.TryAdd(frontend.Key, all.Count);
                all.Add(frontend);
                if (frontend.Kind == FrontendKind.ClusterIP)
                    _clusterIPs.Add(frontend.Key.Address);
                if (frontend.Kind != FrontendKind.NodePort)
                    _virtualIPs.Add(frontend.Key.Address);
            }
            if (port.HealthCheckPort != 0)
                _healthCheckPorts.Add(port.HealthCheckPort);
        }
        All = [.. all];
    }

    /// <summary>Every frontend, in the order of the ports.</summary>
    public Frontend[] All { get; }

    /// <summary>The frontend that packets with this key are for; false where there is none.</summary>
    public bool TryFind(in FrontendKey key, out int frontend) => _byKey.TryGetValue(key, out frontend);

    /// <summary>Whether the address is the cluster IP of some Service.</summary>
    public bool IsClusterIP(IpAddress address) => _clusterIPs.Contains(address);

    /// <summary>Whether the address is any address of some Service.</summary>
    public bool IsVirtualIP(IpAddress address) => _virtualIPs.Contains(address);

    /// <summary>Whether kube-proxy answers health checks of a load balancer at this TCP port of every node.</summary>
    public bool IsHealthCheckPort(int port) => _healthCheckPorts.Contains(port);
}
