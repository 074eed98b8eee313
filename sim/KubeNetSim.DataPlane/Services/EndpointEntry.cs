namespace KubeNetSim.DataPlane.Services;

/// <summary>An endpoint of a Service's port as the data plane knows it.</summary>
/// <param name="Address">Address.</param>
/// <param name="Port">Port at the endpoint, 1 to 65535.</param>
/// <param name="NodeIndex">Its node in <see cref="Cluster.Nodes"/>; -1 where it is on none that is known.</param>
/// <param name="PodIndex">Its pod in <see cref="Cluster.Pods"/>; -1 where it is none.</param>
/// <param name="Weight">Share that an IPVS scheduler gives it; kube-proxy always writes 1 (pkg/proxy/ipvs/proxier.go).</param>
public readonly record struct EndpointEntry(IpAddress Address, int Port, int NodeIndex, int PodIndex, int Weight = 1)
{
    /// <summary><c>address:port</c>, with brackets around an IPv6 address: the form that kube-proxy sorts by.</summary>
    public override string ToString() => Address.Family == IpFamily.IPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}

/// <summary>Where an endpoint is.</summary>
/// <param name="NodeIndex">Its node in <see cref="Cluster.Nodes"/>; -1 where it is on none that is known.</param>
/// <param name="PodIndex">Its pod in <see cref="Cluster.Pods"/>; -1 where it is none.</param>
public readonly record struct EndpointPlace(int NodeIndex, int PodIndex)
{
    internal static EndpointPlace[] Of(EndpointEntry[] entries) =>
        Array.ConvertAll(entries, entry => new EndpointPlace(entry.NodeIndex, entry.PodIndex));
}
