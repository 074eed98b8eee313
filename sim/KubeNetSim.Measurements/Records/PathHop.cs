using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Measurements.Records;

/// <summary>What a hop on the path of a request is. results.json has the names in camelCase.</summary>
public enum PathHopKind
{
    /// <summary>Not known: the hop is from a results.json of a version that wrote texts only.</summary>
    Unknown,

    /// <summary>A client outside the cluster that sends the request.</summary>
    Client,

    /// <summary>A pod that sends the request.</summary>
    ClientPod,

    /// <summary>A node that sends the request.</summary>
    ClientNode,

    /// <summary>A look-up at cluster DNS.</summary>
    Dns,

    /// <summary>The cluster IP of a Service.</summary>
    ClusterIP,

    /// <summary>A load balancer of the cloud.</summary>
    LoadBalancer,

    /// <summary>A node that receives traffic at a node port.</summary>
    NodePort,

    /// <summary>A node that receives traffic for an address of the Service itself.</summary>
    ServiceNode,

    /// <summary>Rules that translate the destination.</summary>
    Dnat,

    /// <summary>Rules that translate the destination to an endpoint on the same node (externalTrafficPolicy: Local).</summary>
    LocalDnat,

    /// <summary>Rules that translate destination and source.</summary>
    DnatAndSnat,

    /// <summary>A pod of an Ingress controller or a Gateway, which reads HTTP and sends the request on.</summary>
    Router,

    /// <summary>A pod behind a Service.</summary>
    Endpoint,

    /// <summary>A pod behind a headless Service, called by its own address.</summary>
    HeadlessEndpoint,

    /// <summary>The other name that DNS answers with for a Service of type ExternalName.</summary>
    Cname,

    /// <summary>A host outside the cluster.</summary>
    ExternalHost,

    /// <summary>An address that is called directly.</summary>
    Address,

    /// <summary>The name has no address: the path ends.</summary>
    Nowhere,
}

/// <summary>A hop on the path of a request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it is called in the printed path.</param>
public sealed record PathHop([property: JsonConverter(typeof(PathHopKindConverter))] PathHopKind Kind, string Text)
{
    private const string Arrow = " -> ";

    /// <summary>The path as one line: <c>client -> node:30080 -> DNAT, SNAT -> pod on any node</c>.</summary>
    public static string Print(IEnumerable<PathHop> hops) => string.Join(Arrow, hops.Select(hop => hop.Text));

    /// <summary>The hops of a path that is known only as text; their kinds are not known.</summary>
    public static ImmutableArray<PathHop> OfText(string path) => [.. path.Split(Arrow).Select(text => new PathHop(PathHopKind.Unknown, text))];
}

// A kind that a newer version writes is not known here, and no reason to refuse the file.
internal sealed class PathHopKindConverter : JsonConverter<PathHopKind>
{
    public override PathHopKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Enum.TryParse(reader.GetString(), ignoreCase: true, out PathHopKind kind) && Enum.IsDefined(kind) ? kind : PathHopKind.Unknown;

    public override void Write(Utf8JsonWriter writer, PathHopKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}
