using System.Text.Json;

namespace KubeNetSim.Scale;

/// <summary>A running cluster as <c>kubectl get nodes,services,pods -A -o json</c> prints it: one List, four spaces a level, placed pods.</summary>
internal static class JsonList
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 4 };

    public static void Write(TextWriter output, ClusterSize size)
    {
        output.Write("{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n");
        string separator = "";
        foreach (object item in Items(size))
        {
            output.Write(separator);
            output.Write("        ");
            output.Write(JsonSerializer.Serialize(item, Layout).ReplaceLineEndings("\n        "));
            separator = ",\n";
        }
        output.Write("\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n");
    }

    private static IEnumerable<object> Items(ClusterSize size)
    {
        for (int node = 0; node < size.Nodes; node++)
            yield return Node(node);
        for (int service = 0; service < size.Services; service++)
            yield return Service(service);
        for (int pod = 0; pod < size.Pods; pod++)
            yield return Pod(size, pod);
    }

    private static object Node(int node) => new
    {
        apiVersion = "v1",
        kind = "Node",
        metadata = new
        {
            creationTimestamp = "2026-01-10T08:00:00Z",
            labels = new Dictionary<string, string>
            {
                ["kubernetes.io/hostname"] = ClusterSize.NodeName(node),
                ["topology.kubernetes.io/zone"] = ClusterSize.Zone(node),
            },
            name = ClusterSize.NodeName(node),
        },
        spec = new { podCIDR = ClusterSize.PodCidr(node), podCIDRs = new[] { ClusterSize.PodCidr(node) } },
        status = new
        {
            addresses = new[] { new { address = ClusterSize.NodeAddress(node), type = "InternalIP" }, new { address = ClusterSize.NodeName(node), type = "Hostname" } },
            allocatable = new { cpu = "16", memory = "64Gi", pods = "110" },
            conditions = new[] { new { status = "True", type = "Ready" } },
        },
    };

    private static object Service(int service) => new
    {
        apiVersion = "v1",
        kind = "Service",
        metadata = new
        {
            creationTimestamp = "2026-01-10T08:00:00Z",
            labels = new { model = "scale" },
            name = ClusterSize.ServiceName(service),
            @namespace = "scale",
        },
        spec = new
        {
            clusterIP = ClusterSize.ClusterAddress(service),
            clusterIPs = new[] { ClusterSize.ClusterAddress(service) },
            internalTrafficPolicy = "Cluster",
            ipFamilies = new[] { "IPv4" },
            ipFamilyPolicy = "SingleStack",
            ports = new[] { new { name = "http", port = 80, protocol = "TCP", targetPort = 8080 } },
            selector = new { app = ClusterSize.ServiceName(service) },
            sessionAffinity = "None",
            type = "ClusterIP",
        },
        status = new { loadBalancer = new { } },
    };

    private static object Pod(ClusterSize size, int pod) => new
    {
        apiVersion = "v1",
        kind = "Pod",
        metadata = new
        {
            creationTimestamp = "2026-01-10T08:00:00Z",
            labels = new { app = ClusterSize.ServiceName(size.ServiceOf(pod)), model = "scale" },
            name = size.PodName(pod),
            @namespace = "scale",
        },
        spec = new
        {
            containers = new[]
            {
                new
                {
                    image = "registry.example.com/server:1.4.2",
                    name = "server",
                    ports = new[] { new { containerPort = 8080, name = "http", protocol = "TCP" } },
                    resources = new { requests = new { cpu = "100m", memory = "128Mi" } },
                },
            },
            nodeName = ClusterSize.NodeName(size.NodeOf(pod)),
            restartPolicy = "Always",
            terminationGracePeriodSeconds = 30,
        },
        status = new
        {
            conditions = new[]
            {
                new { lastTransitionTime = "2026-01-10T08:00:05Z", status = "True", type = "Ready" },
                new { lastTransitionTime = "2026-01-10T08:00:00Z", status = "True", type = "PodScheduled" },
            },
            phase = "Running",
            podIP = size.PodAddress(pod),
            podIPs = new[] { new { ip = size.PodAddress(pod) } },
        },
    };
}
