using System.Globalization;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>An event as the official API type.</summary>
internal static class EventExport
{
    // Events of what has no namespace are kept in this one (client-go tools/record).
    private const string DefaultNamespace = "default";

    /// <summary>Namespace and name: that of the object, and a number, where a cluster has the time in hexadecimal digits.</summary>
    public static ObjectMeta Meta(ClusterEvent item, int number) => new()
    {
        Namespace = item.Namespace.Length > 0 ? item.Namespace : DefaultNamespace,
        Name = $"{item.Name}.{number.ToString("x16", CultureInfo.InvariantCulture)}",
    };

    /// <summary>Normal or Warning.</summary>
    public static string TypeOf(ClusterEvent item) => item.IsWarning ? "Warning" : "Normal";

    /// <summary>The event.</summary>
    public static Corev1Event Of(ClusterEvent item, int number) => new()
    {
        ApiVersion = "v1",
        Kind = "Event",
        Metadata = ObjectMetaExport.Of(Meta(item, number)),
        InvolvedObject = new V1ObjectReference
        {
            ApiVersion = "v1",
            Kind = item.Kind,
            Name = item.Name,
            NamespaceProperty = ObjectMetaExport.OrNull(item.Namespace),
        },
        Type = TypeOf(item),
        Reason = item.Reason,
        Message = item.Message,
        Count = 1,
    };
}
