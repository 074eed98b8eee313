using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>Says in words which way the requests of a workload take, as Kubernetes' documentation tells it.</summary>
internal static class PathText
{
    public static string Of(Target target, Source client, Cluster cluster)
    {
        string begin = client.Node == Topology.None ? "client" : client.Pod >= 0 ? "pod" : "node";
        string name = target.Name is not null && client.Node >= 0 ? " -> DNS" : "";
        return begin + name + " -> " + Rest(target, client, cluster);
    }

    private static string Rest(Target target, Source client, Cluster cluster)
    {
        Service? service = target.Service;
        if (service is null)
            return target.Destinations.Length > 1 ? "cluster IP -> DNAT on the client's node -> pod" : target.Addresses.IsEmpty ? "nowhere" : target.Addresses[0].Address.ToString();
        if (service.ExternalName is { } host)
            return $"CNAME {host} -> external host";
        if (service.IsHeadless)
            return "pod, directly";
        if (client.Node >= 0 && target.Addresses.Any(address => service.ClusterIPs.Contains(address.Address)))
            return "cluster IP -> DNAT on the client's node -> pod";
        string balancer = service.Type == ServiceType.LoadBalancer
            ? cluster.Cloud switch
            {
                CloudProvider.None => "",
                CloudProvider.Minikube or CloudProvider.Metallb => "",
                _ => $"{LoadBalancerTraits.Of(cluster.Cloud).Name} -> ",
            }
            : "";
        string port = target.Port is { NodePort: > 0 } ? $"node:{target.Port.NodePort}" : "node";
        return balancer + (service.ExternalTrafficPolicy == TrafficPolicy.Local
            ? $"{port} -> DNAT -> pod on that node"
            : $"{port} -> DNAT, SNAT -> pod on any node");
    }
}
