using System.Collections.Immutable;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Objects as manifests would give them, in the namespace <c>harbor</c>, and what the control plane makes of them.</summary>
internal static class Made
{
    public const string Namespace = "harbor";

    public static readonly ClusterSettings Bare = new() { SystemServices = false };

    public static ImmutableSortedDictionary<string, string> Labels(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(label => label.Split('='))
        .Aggregate(ObjectMeta.NoLabels, (labels, label) => labels.Add(label[0], label[1]));

    public static ObjectMeta Meta(string name, string labels = "") => new() { Namespace = Namespace, Name = name, Labels = Labels(labels) };

    public static LabelSelector Selecting(string labels) => LabelSelector.Exactly(Labels(labels));

    public static Node Node(string name, string zone = "zone-a", string labels = "") => new()
    {
        Meta = new ObjectMeta
        {
            Name = name,
            Labels = Labels(labels).SetItem(KubeNetSim.Model.Objects.Node.ZoneLabel, zone).SetItem(KubeNetSim.Model.Objects.Node.HostnameLabel, name),
        },
    };

    /// <summary>Nodes n1, n2, … of one zone.</summary>
    public static ImmutableArray<Node> Nodes(int count) => [.. Enumerable.Range(1, count).Select(number => Node($"n{number}"))];

    public static PodController Deployment(string name, int replicas, PodSpec? template = null, string? labels = null) => new()
    {
        Kind = PodControllerKind.Deployment,
        Meta = Meta(name),
        Replicas = replicas,
        TemplateLabels = Labels(labels ?? $"app={name}"),
        Template = template ?? new PodSpec(),
    };

    public static Pod Pod(string name, string labels = "", PodSpec? spec = null) =>
        new() { Meta = Meta(name, labels), Spec = spec ?? new PodSpec() };

    /// <summary>A pod that runs, as a live cluster shows it.</summary>
    public static Pod Running(string name, string node, string address, string labels = "") =>
        Pod(name, labels) with { NodeName = node, Addresses = [IpAddress.Parse(address)] };

    public static Service Service(string name, string? selector = null, params ServicePort[] ports) => new()
    {
        Meta = Meta(name),
        Selector = selector is null ? null : Selecting(selector),
        Ports = ports.Length > 0 ? [.. ports] : [new ServicePort { Port = 80, TargetPort = 8080 }],
    };

    public static Reconciliation Reconciled(this ClusterObjects objects, ClusterSettings? settings = null) =>
        ControlPlane.Reconcile(objects, settings ?? Bare);

    public static Reconciliation Reconciled(this IEnumerable<Service> services, ClusterSettings? settings = null) =>
        new ClusterObjects { Services = [.. services] }.Reconciled(settings);

    public static Service Service(this Reconciliation reconciliation, string name) =>
        reconciliation.Cluster.Services.Single(service => service.Meta.Name == name);

    public static Pod Pod(this Reconciliation reconciliation, string name) =>
        reconciliation.Cluster.Pods.Single(pod => pod.Meta.Name == name);

    public static ImmutableArray<EndpointSlice> SlicesOf(this Cluster cluster, string service) =>
        [.. cluster.EndpointSlices.Where(slice => slice.Meta.Namespace == Namespace && slice.ServiceName == service)];

    /// <summary>Things as one text, a blank between them; a dash for null.</summary>
    public static string List<T>(this IEnumerable<T> items) => string.Join(' ', items.Select(item => item?.ToString() ?? "-"));

    /// <summary>Rules of the problems, in order.</summary>
    public static string Rules(this Reconciliation reconciliation) => reconciliation.Problems.Select(problem => problem.Rule).List();

    public static Reconciliation Scaled(this Cluster cluster, string name, int replicas, PodControllerKind kind = PodControllerKind.Deployment) =>
        ControlPlane.Scale(cluster, new ScaleEvent(0, ObjectOrigin.Generated, kind, Namespace, name, replicas));
}
