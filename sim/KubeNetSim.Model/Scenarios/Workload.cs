using System.Collections.Immutable;

namespace KubeNetSim.Model.Scenarios;

/// <summary>Requests of one kind: their source, destination and rate.</summary>
public sealed record Workload
{
    /// <summary>Name, unique in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>The clients.</summary>
    public required WorkloadSource From { get; init; }

    /// <summary>Where to.</summary>
    public required WorkloadTarget To { get; init; }

    /// <summary>The Gateway, <c>namespace/name</c>, that answers for a URL's host; null where the host itself says it.</summary>
    public string? Gateway { get; init; }

    /// <summary>
    /// The Ingress, <c>namespace/name</c>, whose controller answers for a URL's host; null where the host itself says it.
    /// </summary>
    public string? Ingress { get; init; }

    /// <summary>
    /// Method of HTTP requests, in capitals; null for GET, and for POST where calls are gRPC's. Routers alone look at it.
    /// </summary>
    public string? Method { get; init; }

    /// <summary>Headers of HTTP requests. Routers alone look at them.</summary>
    public ImmutableArray<HttpHeader> Headers { get; init; } = [];

    /// <summary>When requests start.</summary>
    public required ArrivalSpec Arrivals { get; init; }

    /// <summary>How connections are used.</summary>
    public ConnectionSpec Connections { get; init; } = new();

    /// <summary>Bytes of a request on the wire.</summary>
    public long RequestBytes { get; init; } = 512;

    /// <summary>Bytes of a response on the wire.</summary>
    public long ResponseBytes { get; init; } = 4_096;

    /// <summary>After how long the client gives up [ns]; null for never.</summary>
    public long? TimeoutNs { get; init; }

    /// <summary>How often a failed request is tried again, at once.</summary>
    public int Retries { get; init; }

    /// <summary>Its position, for messages about it.</summary>
    public ObjectOrigin Origin { get; init; } = ObjectOrigin.Generated;
}

/// <summary>The clients of a workload.</summary>
public abstract record WorkloadSource
{
    private WorkloadSource()
    {
    }

    /// <summary>Clients outside the cluster.</summary>
    /// <param name="Clients">How many client addresses there are; each request comes from any of them alike.</param>
    public sealed record Internet(int Clients) : WorkloadSource;

    /// <summary>One client outside the cluster.</summary>
    /// <param name="Address">Its address.</param>
    public sealed record Client(IpAddress Address) : WorkloadSource;

    /// <summary>Processes on the nodes themselves; each request comes from any node alike.</summary>
    public sealed record AnyNode : WorkloadSource;

    /// <summary>A process on one node.</summary>
    /// <param name="Name">The node's name.</param>
    public sealed record NamedNode(string Name) : WorkloadSource;

    /// <summary>One pod.</summary>
    /// <param name="Namespace">Its namespace.</param>
    /// <param name="Name">Its name.</param>
    public sealed record NamedPod(string Namespace, string Name) : WorkloadSource;

    /// <summary>Pods; each request comes from any of them alike.</summary>
    /// <param name="Namespace">Namespace of the pods.</param>
    /// <param name="Selector">Which pods.</param>
    public sealed record Pods(string Namespace, LabelSelector Selector) : WorkloadSource;
}

/// <summary>Where a workload's requests go.</summary>
public abstract record WorkloadTarget
{
    private WorkloadTarget()
    {
    }

    /// <summary>A URL: an address or a name, as a client in the workload's place would write it.</summary>
    /// <param name="Scheme">http, https, tcp, udp or grpc.</param>
    /// <param name="Host">Name or address, without brackets.</param>
    /// <param name="Port">1 to 65535.</param>
    /// <param name="Path">Path, beginning with a slash.</param>
    public sealed record Url(string Scheme, string Host, int Port, string Path) : WorkloadTarget
    {
        /// <summary>Whether the connection is encrypted and so costs a TLS handshake.</summary>
        public bool IsTls => Scheme is "https";

        /// <summary>The transport that the scheme means.</summary>
        public Protocol Protocol => Scheme is "udp" ? Protocol.UDP : Protocol.TCP;

        /// <inheritdoc/>
        public override string ToString() => $"{Scheme}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}{Path}";
    }

    /// <summary>The first port of one of the matching Services, drawn anew for each request, by its cluster IP.</summary>
    /// <param name="Namespace">Namespace of the Services; null for all namespaces.</param>
    /// <param name="Selector">Which Services, by their labels.</param>
    public sealed record Services(string? Namespace, LabelSelector Selector) : WorkloadTarget;
}

/// <summary>When requests start.</summary>
public abstract record ArrivalSpec
{
    private ArrivalSpec()
    {
    }

    /// <summary>One every 1/rate.</summary>
    /// <param name="RatePerSecond">Requests per second, above 0.</param>
    public sealed record Constant(double RatePerSecond) : ArrivalSpec;

    /// <summary>A Poisson process.</summary>
    /// <param name="RatePerSecond">Mean requests per second, above 0.</param>
    public sealed record Poisson(double RatePerSecond) : ArrivalSpec;

    /// <summary>Poisson bursts: on and off periods, exponentially long.</summary>
    /// <param name="OnRatePerSecond">Requests per second while on.</param>
    /// <param name="OffRatePerSecond">Requests per second while off; may be 0.</param>
    /// <param name="MeanOnNs">Mean length of an on period [ns].</param>
    /// <param name="MeanOffNs">Mean length of an off period [ns].</param>
    public sealed record Bursts(double OnRatePerSecond, double OffRatePerSecond, double MeanOnNs, double MeanOffNs) : ArrivalSpec;

    /// <summary>A Poisson process whose rate changes linearly and then stays.</summary>
    /// <param name="FromPerSecond">Rate at the start.</param>
    /// <param name="ToPerSecond">Rate at the end of the ramp and after.</param>
    /// <param name="OverNs">Length of the ramp [ns].</param>
    public sealed record Ramp(double FromPerSecond, double ToPerSecond, long OverNs) : ArrivalSpec;

    /// <summary>Recorded start times.</summary>
    /// <param name="TimesNs">Times since the start of the run [ns], ascending.</param>
    /// <param name="Repeat">Whether the trace starts again when it ends.</param>
    public sealed record Recorded(ImmutableArray<long> TimesNs, bool Repeat) : ArrivalSpec;

    /// <summary>Users who wait for the answer, think, and ask again (a closed loop).</summary>
    /// <param name="Users">How many.</param>
    /// <param name="ThinkTime">Time between an answer and the next request.</param>
    public sealed record ClosedLoop(int Users, DistributionSpec ThinkTime) : ArrivalSpec;
}

/// <summary>Whether connections live longer than a request.</summary>
public enum ConnectionReuse
{
    /// <summary>A new connection for every request.</summary>
    None,

    /// <summary>HTTP/1.1 keep-alive: one request at a time on each connection of a pool.</summary>
    KeepAlive,

    /// <summary>HTTP/2 or gRPC: many requests at a time on few connections.</summary>
    Http2,
}

/// <summary>How a client uses connections. kube-proxy balances when one opens, never after.</summary>
public sealed record ConnectionSpec
{
    /// <summary>Kind of reuse.</summary>
    public ConnectionReuse Reuse { get; init; }

    /// <summary>Connections that each client (a pod, a node, an internet client) keeps at most, from 1.</summary>
    public int PerClient { get; init; } = 1;

    /// <summary>Requests after which a connection is closed; 0 for no such limit.</summary>
    public int MaxRequests { get; init; }

    /// <summary>Idle time after which a connection is closed [ns]; 0 for no such limit.</summary>
    public long IdleTimeoutNs { get; init; } = 90_000_000_000;
}
