using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads a Service, with the API server's defaults (pkg/apis/core/v1 SetDefaults_Service). What it must not say, ServiceRules says.</summary>
internal static class ServiceReader
{
    private const int LastPort = 65_535;

    public static Service Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Service");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "A Service needs a spec");
            return new Service { Meta = meta };
        }
        ServiceType type = Unless(spec, "type", () => spec.Word("type", Words.ServiceTypes)) ?? ServiceType.ClusterIP;
        Service service = new()
        {
            Meta = meta,
            Type = type,
            IsHeadless = spec.Text("clusterIP") == "None",
            ClusterIPs = ClusterIPs(spec),
            IpFamilies = spec.WordList("ipFamilies", Words.Families),
            IpFamilyPolicy = spec.Word("ipFamilyPolicy", "SingleStack", "PreferDualStack", "RequireDualStack"),
            Ports = [.. spec.Mappings("ports").Select(Port)],
            Selector = spec.Has("selector") && type != ServiceType.ExternalName ? LabelSelector.Exactly(spec.Labels("selector")) : null,
            ExternalName = type == ServiceType.ExternalName ? ExternalName(spec) : null,
            ExternalIPs = Words.Addresses(spec, "externalIPs"),
            InternalTrafficPolicy = spec.Word("internalTrafficPolicy", Words.TrafficPolicies) ?? TrafficPolicy.Cluster,
            ExternalTrafficPolicy = Unless(spec, "externalTrafficPolicy", () => spec.Word("externalTrafficPolicy", Words.TrafficPolicies)) ?? TrafficPolicy.Cluster,
            AffinitySeconds = Affinity(spec),
            PublishNotReadyAddresses = spec.Bool("publishNotReadyAddresses", false),
            LoadBalancerSourceRanges = Words.Cidrs(spec, "loadBalancerSourceRanges"),
            RequestedLoadBalancerIP = LoadBalancerIP(spec),
            LoadBalancerClass = spec.Text("loadBalancerClass"),
            AllocateNodePorts = spec.Bool("allocateLoadBalancerNodePorts", true),
            HealthCheckNodePort = (int)(spec.Integer("healthCheckNodePort", 0, LastPort) ?? 0),
            TrafficDistribution = spec.Word("trafficDistribution", "PreferClose", "PreferSameZone", "PreferSameNode"),
            LoadBalancerIngress = Ingress(document),
        };
        ServiceRules.Check(document, spec, service);
        return service;
    }

    // What is wrong with them, ClusterIpRules says.
    private static ImmutableArray<IpAddress> ClusterIPs(Fields spec)
    {
        string[] written = [.. spec.Texts("clusterIPs")];
        if (written.Length == 0 && spec.Text("clusterIP") is { } single)
            written = [single];
        ImmutableArray<IpAddress>.Builder addresses = ImmutableArray.CreateBuilder<IpAddress>();
        foreach (string text in written)
            if (IpAddress.TryParse(text, out IpAddress address))
                addresses.Add(address);
        return addresses.ToImmutable();
    }

    private static ServicePort Port(Fields item)
    {
        int number = (int)(item.Integer("port", 1, LastPort) ?? 0);
        ScalarNode? target = item.Ask("targetPort") as ScalarNode;
        bool isNamed = target is { Kind: ScalarKind.Text, Text.Length: > 0 };
        // 0 and nothing mean the port itself (SetDefaults_Service).
        bool isDefault = target is null or { Text: "0" } or { Kind: ScalarKind.Text, Text: "" };
        return new ServicePort
        {
            Name = item.Text("name") ?? "",
            Protocol = Unless(item, "protocol", () => item.Word("protocol", Words.Protocols)) ?? Protocol.TCP,
            Port = number,
            TargetPort = isDefault ? number : isNamed ? 0 : (int)(item.Integer("targetPort", 1, LastPort) ?? number),
            TargetPortName = isNamed ? target!.Text : null,
            NodePort = (int)(item.Integer("nodePort", 0, LastPort) ?? 0),
            AppProtocol = item.Text("appProtocol"),
        };
    }

    // An empty word is as good as none, where the API server then fills in its default.
    private static T? Unless<T>(Fields fields, string key, Func<T?> read)
        where T : struct => fields.Text(key) is "" ? null : read();

    // The API server hands it on as it stands; whether it is an address is for the load balancer's controller to say.
    private static IpAddress? LoadBalancerIP(Fields spec)
    {
        if (spec.Text("loadBalancerIP") is not { Length: > 0 } text)
            return null;
        if (IpAddress.TryParse(text, out IpAddress address))
            return address;
        spec.Warn("load-balancer-ip", "loadBalancerIP", $"\"{text}\" is no IP address, so no load balancer gets it", "leave it out, or write an address");
        return null;
    }

    // One dot at the end only says that the name is complete.
    private static string ExternalName(Fields spec)
    {
        string name = spec.Text("externalName") ?? "";
        return name.EndsWith('.') ? name[..^1] : name;
    }

    private static int? Affinity(Fields spec)
    {
        string? affinity = spec.Text("sessionAffinity") is "" ? null : spec.Word("sessionAffinity", "None", "ClientIP");
        // Without affinity the API server drops its configuration, whatever it says (SetDefaults_Service).
        if (affinity != "ClientIP")
            return null;
        long? seconds = spec.Mapping("sessionAffinityConfig")?.Mapping("clientIP")?.Integer("timeoutSeconds", 1, 86_400);
        return (int)(seconds ?? Service.DefaultAffinitySeconds);
    }

    private static ImmutableArray<LoadBalancerIngress> Ingress(Fields document)
    {
        if (document.Mapping("status")?.Mapping("loadBalancer") is not { } balancer)
            return [];
        ImmutableArray<LoadBalancerIngress>.Builder ingress = ImmutableArray.CreateBuilder<LoadBalancerIngress>();
        foreach (Fields item in balancer.Mappings("ingress"))
            ingress.Add(new LoadBalancerIngress(Words.Address(item, "ip"), item.Text("hostname"), item.Word("ipMode", "VIP", "Proxy") == "Proxy"));
        return ingress.ToImmutable();
    }
}
