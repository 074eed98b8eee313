using System.Collections.Immutable;

namespace KubeNetSim.Model.Scenarios;

/// <summary>Assertions on what a cluster does with packets, look-ups and HTTP requests.</summary>
public sealed record NetworkTest
{
    /// <summary>Name of the document.</summary>
    public required string Name { get; init; }

    /// <summary>The file that contains it.</summary>
    public required string File { get; init; }

    /// <summary>The objects that it is about.</summary>
    public required ClusterObjects Objects { get; init; }

    /// <summary>What its manifests say of the cluster besides.</summary>
    public required ClusterSettings Settings { get; init; }

    /// <summary>
    /// Whether the objects are written in the document itself: then they are what the proxy sees, and nothing is derived that a default
    /// would add (a Service block, a local block for pods).
    /// </summary>
    public required bool TakesObjectsAsTheyStand { get; init; }

    /// <summary>What is asserted.</summary>
    public required ImmutableArray<NetworkTestCase> Cases { get; init; }
}

/// <summary>One assertion.</summary>
/// <param name="Name">Name.</param>
/// <param name="Position">Its position.</param>
public abstract record NetworkTestCase(string Name, SourcePosition Position)
{
    /// <summary>A packet at a node.</summary>
    public sealed record PacketCase(string Name, SourcePosition Position) : NetworkTestCase(Name, Position)
    {
        /// <summary>Name of the node that the packet is at.</summary>
        public required string Node { get; init; }

        /// <summary>Address of the sender.</summary>
        public required IpAddress Source { get; init; }

        /// <summary>Transport protocol.</summary>
        public required Protocol Protocol { get; init; }

        /// <summary>Address that the sender wrote to.</summary>
        public required IpAddress Destination { get; init; }

        /// <summary>Port that the sender wrote to.</summary>
        public required int Port { get; init; }

        /// <summary>Expected verdict; null for any.</summary>
        public string? Verdict { get; init; }

        /// <summary>Expected set of endpoints that may be chosen, as <c>address:port</c>; null for any.</summary>
        public ImmutableArray<string>? Endpoints { get; init; }

        /// <summary>Whether the source address must be rewritten; null for either.</summary>
        public bool? Masquerade { get; init; }
    }

    /// <summary>A look-up in cluster DNS.</summary>
    public sealed record LookupCase(string Name, SourcePosition Position) : NetworkTestCase(Name, Position)
    {
        /// <summary>The name asked for.</summary>
        public required string Host { get; init; }

        /// <summary>The type asked for.</summary>
        public required string Type { get; init; }

        /// <summary>Namespace of the pod that asks.</summary>
        public required string Namespace { get; init; }

        /// <summary>Expected response code; null for any.</summary>
        public string? ResponseCode { get; init; }

        /// <summary>Expected answers, as <c>TYPE DATA</c>, in any order; null for any.</summary>
        public ImmutableArray<string>? Answers { get; init; }

        /// <summary>Expected additional records, as <c>NAME TYPE DATA</c>; null for any.</summary>
        public ImmutableArray<string>? Additional { get; init; }
    }

    /// <summary>An HTTP request through an Ingress or a Gateway.</summary>
    public sealed record RequestCase(string Name, SourcePosition Position) : NetworkTestCase(Name, Position)
    {
        /// <summary>The Gateway that it comes in at, <c>namespace/name</c>; null where it is an Ingress.</summary>
        public string? Gateway { get; init; }

        /// <summary>The Ingress whose controller it comes in at, <c>namespace/name</c>; null where it is a Gateway.</summary>
        public string? Ingress { get; init; }

        /// <summary>The request.</summary>
        public required HttpRequest Request { get; init; }

        /// <summary>How long the backend takes to answer [ns].</summary>
        public long BackendTimeNs { get; init; }

        /// <summary>The expected result.</summary>
        public required ExpectedResponse Expected { get; init; }
    }
}
