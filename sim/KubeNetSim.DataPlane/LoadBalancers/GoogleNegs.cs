using System.Globalization;
using System.Text.Json;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>
/// Standalone network endpoint groups of GKE: a Service's annotation names the ports whose pods a load balancer outside the cluster calls
/// directly (GKE documentation, container-native load balancing through standalone zonal NEGs). The load balancer is taken to be the Service's.
/// </summary>
internal static class GoogleNegs
{
    private const string Annotation = "cloud.google.com/neg";

    /// <summary>Whether a port of a Service has a network endpoint group of its own.</summary>
    public static bool Exposes(Service service, ServicePort port)
    {
        if (!service.Meta.Annotations.TryGetValue(Annotation, out string? text))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("exposed_ports", out JsonElement ports) && ports.ValueKind == JsonValueKind.Object
                && ports.TryGetProperty(port.Port.ToString(CultureInfo.InvariantCulture), out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
