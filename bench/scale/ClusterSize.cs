using System.Globalization;

namespace KubeNetSim.Scale;

/// <summary>How large a generated cluster is.</summary>
/// <param name="Nodes">Nodes, in three zones in turn.</param>
/// <param name="Pods">Pods, belonging to Services in turn.</param>
/// <param name="Services">ClusterIP Services, each with a label of its own that its pods have.</param>
internal sealed record ClusterSize(int Nodes, int Pods, int Services)
{
    /// <summary>The limits that Kubernetes states (kubernetes.io/docs/setup/best-practices/cluster-large), with its 10,000 Services.</summary>
    private static readonly ClusterSize Stated = new(5_000, 150_000, 10_000);

    /// <summary>As large as the largest clusters that clouds tell of.</summary>
    private static readonly ClusterSize Largest = new(15_000, 400_000, 50_000);

    /// <summary>S1, S2, or a part of one: S2/4.</summary>
    public static ClusterSize? Named(string name)
    {
        string[] parts = name.Split('/');
        ClusterSize? whole = parts[0] switch { "S1" => Stated, "S2" => Largest, _ => null };
        int part = 1;
        if (whole is null || (parts.Length > 1 && !int.TryParse(parts[1], CultureInfo.InvariantCulture, out part)) || part < 1)
            return null;
        return new ClusterSize(whole.Nodes / part, whole.Pods / part, whole.Services / part);
    }

    public static string NodeName(int node) => string.Create(CultureInfo.InvariantCulture, $"node-{node:D5}");

    public static string Zone(int node) => $"zone-{(char)('a' + (node % 3))}";

    public static string ServiceName(int service) => string.Create(CultureInfo.InvariantCulture, $"service-{service:D5}");

    /// <summary>The Service that a pod belongs to.</summary>
    public int ServiceOf(int pod) => pod % Services;

    /// <summary>The node that a pod of a running cluster is on.</summary>
    public int NodeOf(int pod) => pod % Nodes;

    /// <summary>Name of a pod, as that of a Deployment with the hash of its ReplicaSet.</summary>
    public string PodName(int pod) => string.Create(CultureInfo.InvariantCulture, $"{ServiceName(ServiceOf(pod))}-7d4b9c6f5d-{pod / Services:D5}");

    /// <summary>The block of a node's pods: a /24 of 10.0.0.0/8 each.</summary>
    public static string PodCidr(int node) => string.Create(CultureInfo.InvariantCulture, $"10.{node / 256}.{node % 256}.0/24");

    /// <summary>The address of a pod of a running cluster.</summary>
    public string PodAddress(int pod) => string.Create(CultureInfo.InvariantCulture, $"10.{NodeOf(pod) / 256}.{NodeOf(pod) % 256}.{2 + (pod / Nodes)}");

    public static string NodeAddress(int node) => string.Create(CultureInfo.InvariantCulture, $"172.16.{node / 256}.{node % 256}");

    public static string ClusterAddress(int service) => string.Create(CultureInfo.InvariantCulture, $"192.168.{service / 250}.{1 + (service % 250)}");
}
