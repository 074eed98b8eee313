using System.Collections.Immutable;
using static KubeNetSim.Model.Watching.ProtobufLength;

namespace KubeNetSim.Model.Watching;

/// <summary>
/// How large the objects are that say where a Service's pods are: a watch event in protobuf, as the API server sends it. Field numbers are
/// those of k8s.io/api core/v1, discovery/v1 and apimachinery generated.proto; texts that are no pointers in Go are sent even where empty.
/// What only a live cluster knows has its usual length: UIDs of 36 letters, resource versions of 8 digits.
/// </summary>
internal static class ObjectSizes
{
    private const string Uid = "01234567-89ab-cdef-0123-456789abcdef";
    private const string ResourceVersion = "12345678";
    private const string Trigger = "endpoints.kubernetes.io/last-change-trigger-time";
    private const string TriggerTime = "2026-01-31T12:00:00Z";
    private const string Manager = "kube-controller-manager";

    // A message Time with seconds since 1970, of five bytes in this century, and no nanoseconds.
    private const long Time = 1 + 5 + 2;

    /// <summary>
    /// Sizes [B] of the one Endpoints object and of a slice, by how many endpoints they hold. What an endpoint takes is the mean of the
    /// Service's; what the rest takes is exact.
    /// </summary>
    public static (Func<int, long> Endpoints, Func<int, long> Slice) Of(Cluster cluster, Service service)
    {
        Endpoint[] endpoints = [.. WatchTraffic.SlicesOf(cluster, service).SelectMany(slice => slice.Endpoints)];
        EndpointSlice first = WatchTraffic.SlicesOf(cluster, service).First(slice => !slice.Endpoints.IsEmpty);
        double inSlice = endpoints.Average(endpoint => Message(InSlice(endpoint)));
        double inEndpoints = endpoints.Average(endpoint => Message(InEndpoints(endpoint)));
        return (count => OfEndpoints(service, first, (long)Math.Round(count * inEndpoints)),
            count => OfSlice(first, (long)Math.Round(count * inSlice)));
    }

    /// <summary>An endpoint of a slice (discovery/v1 Endpoint) [B].</summary>
    internal static long InSlice(Endpoint endpoint) =>
        endpoint.Addresses.Sum(address => Text(address.ToString()))
        + Message(Flag(endpoint.Ready) + Flag(endpoint.Serving) + Flag(endpoint.Terminating))
        + Optional(endpoint.Hostname) + Reference(endpoint.PodName) + Optional(endpoint.NodeName) + Optional(endpoint.Zone)
        + (endpoint.ZoneHints.IsEmpty && endpoint.NodeHints.IsEmpty ? 0
            : Message(endpoint.ZoneHints.Concat(endpoint.NodeHints).Sum(name => Message(Text(name)))));

    /// <summary>An address of Endpoints (core/v1 EndpointAddress) [B].</summary>
    internal static long InEndpoints(Endpoint endpoint) =>
        Text(endpoint.Addresses[0].ToString()) + Reference(endpoint.PodName) + Text(endpoint.Hostname ?? "") + Optional(endpoint.NodeName);

    private static long OfSlice(EndpointSlice slice, long endpoints)
    {
        string fields = "{\"f:addressType\":{},\"f:endpoints\":{}," + ManagedMeta(slice.Meta.Labels,
            ",\"f:ownerReferences\":{\".\":{},\"k:{\\\"uid\\\":\\\"" + Uid + "\\\"}\":{}}", "\"f:generateName\":{},") + ",\"f:ports\":{}}";
        long owner = Text("Service") + Text(slice.ServiceName) + Text(Uid) + Text("v1") + Flag(true) + Flag(true);
        long ports = slice.Ports.Sum(port => Message(Text(port.Name) + Text(port.Protocol.ToString())
            + (port.Port is { } number ? Number(number) : 0) + Optional(port.AppProtocol)));
        string family = slice.Family?.ToString() ?? "FQDN";
        return Event("discovery.k8s.io/v1", "EndpointSlice",
            Message(Meta(slice.Meta, $"{slice.ServiceName}-", fields, Message(owner))) + endpoints + ports + Text(family));
    }

    private static long OfEndpoints(Service service, EndpointSlice slice, long addresses)
    {
        string fields = "{" + ManagedMeta(service.Meta.Labels, "", "") + ",\"f:subsets\":{}}";
        long ports = slice.Ports.Sum(
            port => Message(Text(port.Name) + Number(port.Port ?? 0) + Text(port.Protocol.ToString()) + Optional(port.AppProtocol)));
        return Event("v1", "Endpoints",
            Message(Meta(service.Meta with { Annotations = ObjectMeta.NoLabels }, "", fields, 0)) + Message(addresses + ports));
    }

    // WatchEvent around RawExtension around the four letters and the Unknown that every object in protobuf begins with; and its frame.
    private static long Event(string apiVersion, string kind, long body)
    {
        long unknown = 4 + Message(Text(apiVersion) + Text(kind)) + Message(body) + Text("") + Text("");
        return 4 + Text("MODIFIED") + Message(Message(unknown));
    }

    private static long Meta(ObjectMeta meta, string generateName, string managedFields, long owners)
    {
        long managed = Text(Manager) + Text("Update") + Text("v1") + Message(Time) + Text("FieldsV1") + Message(Text(managedFields))
            + Text("");
        return Text(meta.Name) + Text(generateName) + Text(meta.Namespace) + Text("") + Text(Uid) + Text(ResourceVersion) + Number(1)
            + Message(Time) + meta.Labels.Add(Trigger, TriggerTime).Sum(label => Message(Text(label.Key) + Text(label.Value)))
            // managedFields is field 17, whose tag takes a byte more.
            + owners + 1 + Message(managed);
    }

    private static string ManagedMeta(ImmutableSortedDictionary<string, string> labels, string owners, string generateName) =>
        "\"f:metadata\":{\"f:annotations\":{\".\":{},\"f:" + Trigger + "\":{}}," + generateName
        + "\"f:labels\":{\".\":{}" + string.Concat(labels.Keys.Select(key => $",\"f:{key}\":{{}}")) + "}" + owners + "}";

    // core/v1 ObjectReference: kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath.
    private static long Reference(string? pod)
    {
        if (pod is null)
            return 0;
        int slash = pod.IndexOf('/', StringComparison.Ordinal);
        return Message(Text("Pod") + Text(pod[..Math.Max(0, slash)]) + Text(pod[(slash + 1)..]) + Text(Uid) + Text("") + Text("")
            + Text(""));
    }

    private static long Optional(string? text) => text is null ? 0 : Text(text);
}
