namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Protocols whose connections stay open: kube-proxy chooses a pod when a connection opens, and never again.</summary>
internal static class LongLivedConnections
{
    private static readonly string[] Protocols = ["grpc", "grpcs", "h2c", "http2", "kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss"];
    private static readonly string[] Names = ["grpc", "grpcs", "h2c", "http2"];

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        HashSet<string> reported = [];
        foreach (Service service in inspection.Services)
            for (int index = 0; index < service.Ports.Length; index++)
                if (FieldOf(service.Ports[index]) is { } field && inspection.Network.Value.EntryOf(service.Ports[index]) is { Endpoints.Count: > 1 and int pods }
                    && reported.Add($"{service.Meta.FullName}/{service.Ports[index].Port}"))
                    yield return Finding.Warning("long-lived-connections", service.Meta, $"spec.ports[{index}].{field}",
                        $"Clients of Service {service.Meta.FullName} keep one connection for many requests ({Written(service.Ports[index], field)}), and kube-proxy balances connections: a client uses 1 of {pods} pods, and {pods} clients leave {Finding.Percent(Idle(pods, pods))} of the pods idle",
                        Help);
        foreach ((Workload workload, Service service, int[] nodes) in Callers.InsideOf(inspection))
            if (workload.Connections is { Reuse: ConnectionReuse.Http2, MaxRequests: 0 } connections
                && inspection.Network.Value.EntryOf(service.Ports[0]) is { Endpoints.Count: > 1 and int pods }
                && reported.All(name => !name.StartsWith($"{service.Meta.FullName}/", StringComparison.Ordinal)))
                yield return Finding.Warning("long-lived-connections", workload.Origin, "connections",
                    $"Workload '{workload.Name}' opens {Finding.Count(nodes.Length * connections.PerClient, "connection")} to Service {service.Meta.FullName} and keeps them: {Finding.Percent(Idle(pods, nodes.Length * connections.PerClient))} of its {pods} pods stay idle",
                    Help);
    }

    private const string Help = "a headless Service (clusterIP: None) and balancing in the client (gRPC: dns:/// with round_robin), a mesh, or a bound on a connection's age at the server";

    /// <summary>Share of the pods that no connection meets, when each chooses one of them alike.</summary>
    private static double Idle(int pods, int connections) => Math.Pow(1 - (1.0 / pods), connections);

    private static string? FieldOf(ServicePort port) =>
        port.AppProtocol is { } protocol && Protocols.Contains(protocol.ToLowerInvariant()) ? "appProtocol"
        : Array.Exists(Names, name => port.Name == name || port.Name.StartsWith($"{name}-", StringComparison.Ordinal)) ? "name"
        : null;

    private static string Written(ServicePort port, string field) => $"{field}: {(field == "name" ? port.Name : port.AppProtocol)}";
}
