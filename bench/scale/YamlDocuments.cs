namespace KubeNetSim.Scale;

/// <summary>A cluster as somebody would write it down: one YAML document an object, pods that nobody has placed yet.</summary>
internal static class YamlDocuments
{
    public static void Write(TextWriter output, ClusterSize size)
    {
        output.Write("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: scale\n");
        for (int node = 0; node < size.Nodes; node++)
            output.Write(Node(node));
        for (int service = 0; service < size.Services; service++)
            output.Write(Service(service));
        for (int pod = 0; pod < size.Pods; pod++)
            output.Write(Pod(size, pod));
    }

    private static string Node(int node) =>
        $"""
        ---
        apiVersion: v1
        kind: Node
        metadata:
          name: {ClusterSize.NodeName(node)}
          labels:
            kubernetes.io/hostname: {ClusterSize.NodeName(node)}
            topology.kubernetes.io/zone: {ClusterSize.Zone(node)}
        spec:
          podCIDR: {ClusterSize.PodCidr(node)}
        status:
          allocatable:
            cpu: "16"
            memory: 64Gi
            pods: "110"
          addresses:
          - type: InternalIP
            address: {ClusterSize.NodeAddress(node)}

        """;

    private static string Service(int service) =>
        $"""
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: {ClusterSize.ServiceName(service)}
          namespace: scale
          labels:
            model: scale
        spec:
          selector:
            app: {ClusterSize.ServiceName(service)}
          ports:
          - name: http
            port: 80
            targetPort: 8080

        """;

    private static string Pod(ClusterSize size, int pod) =>
        $"""
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: {size.PodName(pod)}
          namespace: scale
          labels:
            app: {ClusterSize.ServiceName(size.ServiceOf(pod))}
            model: scale
        spec:
          containers:
          - name: server
            image: registry.example.com/server:1.4.2
            ports:
            - name: http
              containerPort: 8080
            resources:
              requests:
                cpu: 100m
                memory: 128Mi

        """;
}
