using System.Globalization;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>What kube-proxy answers to a health check, in words.</summary>
internal static class HealthText
{
    /// <summary>The answer to a request that kube-proxy has got; null where another backend has.</summary>
    public static string? AnswerTo(in Flight flight, RunState state, PreparedWorkload workload)
    {
        if (!state.Backends.IsProxy(flight.Backend))
            return null;
        Destination destination = state.Destinations[flight.Destination];
        Packet packet = new(workload.Sources[flight.Source].Address, destination.Address, destination.Protocol, destination.Port, 0, PacketSource.External);
        HealthAnswer answer = state.Nodes[state.Backends.NodeOf(flight.Backend)].Snapshot.HealthAnswerTo(packet)!;
        // Its server for itself has two paths; that of a Service has one for all (proxy_health.go, service_health.go).
        if (answer.IsOfProxy && workload.Spec.To is WorkloadTarget.Url { Path: not ("/healthz" or "/livez") } url)
            return $"answers 404: it knows /healthz and /livez, and not {url.Path}";
        string weight = answer.EndpointWeight is { } endpoints
            ? string.Create(CultureInfo.InvariantCulture, $", X-Load-Balancing-Endpoint-Weight: {endpoints}") : "";
        return $"answers {answer.Status}{weight}: {answer.Body}";
    }
}
