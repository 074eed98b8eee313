using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>Reads a Service and checks it as the API server does (pkg/apis/core/validation ValidateService).</summary>
internal static class ServiceReader
{
    private const int FirstNodePort = 30_000;
    private const int LastNodePort = 32_767;

    public static Service Read(Fields document)
    {
        ObjectMeta meta = Names.Meta(document, "Service");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "A Service needs a spec");
            return new Service { Meta = meta };
        }
        ServiceType type = spec.Word("type", Words.ServiceTypes) ?? ServiceType.ClusterIP;
        ImmutableArray<IpAddress> clusterIPs = ClusterIPs(spec, out bool isHeadless);
        Service service = new()
        {
            Meta = meta,
            Type = type,
            IsHeadless = isHeadless,
            ClusterIPs = clusterIPs,
            IpFamilies = spec.WordList("ipFamilies", Words.Families),
            IpFamilyPolicy = spec.Word("ipFamilyPolicy", "SingleStack", "PreferDualStack", "RequireDualStack"),
            Ports = Ports(spec, type, isHeadless),
            Selector = spec.Has("selector") && type != ServiceType.ExternalName ? LabelSelector.Exactly(spec.Labels("selector")) : null,
            ExternalName = type == ServiceType.ExternalName ? ExternalName(spec) : null,
            ExternalIPs = Words.Addresses(spec, "externalIPs"),
            InternalTrafficPolicy = spec.Word("internalTrafficPolicy", Words.TrafficPolicies) ?? TrafficPolicy.Cluster,
            ExternalTrafficPolicy = spec.Word("externalTrafficPolicy", Words.TrafficPolicies) ?? TrafficPolicy.Cluster,
            AffinitySeconds = Affinity(spec),
            PublishNotReadyAddresses = spec.Bool("publishNotReadyAddresses", false),
            LoadBalancerSourceRanges = Words.Cidrs(spec, "loadBalancerSourceRanges"),
            RequestedLoadBalancerIP = Words.Address(spec, "loadBalancerIP"),
            LoadBalancerClass = spec.Text("loadBalancerClass"),
            AllocateNodePorts = spec.Bool("allocateLoadBalancerNodePorts", true),
            HealthCheckNodePort = HealthCheckNodePort(spec),
            TrafficDistribution = spec.Word("trafficDistribution", "PreferClose", "PreferSameZone", "PreferSameNode"),
            LoadBalancerIngress = Ingress(document),
        };
        ServiceRules.Check(spec, service);
        return service;
    }

    private static ImmutableArray<IpAddress> ClusterIPs(Fields spec, out bool isHeadless)
    {
        string? single = spec.Text("clusterIP");
        isHeadless = single == "None";
        if (isHeadless)
            return [];
        ImmutableArray<IpAddress> all = spec.Texts("clusterIPs").Contains("None") ? [] : Words.Addresses(spec, "clusterIPs");
        if (string.IsNullOrEmpty(single))
            return all;
        if (!IpAddress.TryParse(single, out IpAddress address))
        {
            spec.Error("invalid-address", "clusterIP", $"\"{single}\" is no IP address", "an address, None for a headless Service, or nothing");
            return [];
        }
        return all.IsEmpty ? [address] : all;
    }

    private static ImmutableArray<ServicePort> Ports(Fields spec, ServiceType type, bool isHeadless)
    {
        ImmutableArray<ServicePort>.Builder ports = ImmutableArray.CreateBuilder<ServicePort>();
        HashSet<string> names = [];
        HashSet<(Protocol, int)> numbers = [];
        HashSet<(Protocol, int)> nodePorts = [];
        Fields[] items = [.. spec.Mappings("ports")];
        foreach (Fields item in items)
        {
            ServicePort port = Port(item, type);
            ports.Add(port);
            if (items.Length > 1 && port.Name.Length == 0)
                item.Error("required-field", "name", "Each port needs a name when a Service has several", "name: http");
            else if (port.Name.Length > 0 && !Names.IsLabel(port.Name))
                item.Error("invalid-name", "name", $"\"{port.Name}\" is no name of a port: lower-case letters, digits and '-'");
            else if (items.Length > 1 && !names.Add(port.Name))
                item.Error("duplicate-port", "name", $"Two ports of the Service have the name \"{port.Name}\"");
            if (port.NodePort > 0 && !nodePorts.Add((port.Protocol, port.NodePort)))
                item.Error("duplicate-port", "nodePort", $"Two ports of the Service have the node port {port.NodePort}/{port.Protocol}");
            if (port.Port > 0 && !numbers.Add((port.Protocol, port.Port)))
                item.Error("duplicate-port", "port", $"Two ports of the Service are {port.Port}/{port.Protocol}");
        }
        bool isEmpty = spec.Ask("ports") is null or SequenceNode { Items.Count: 0 };
        if (isEmpty && type != ServiceType.ExternalName && !isHeadless)
            spec.Error("required-field", "ports", $"A Service of type {type} needs at least one port");
        return ports.ToImmutable();
    }

    private static ServicePort Port(Fields item, ServiceType type)
    {
        int number = (int)(item.Integer("port", 1, 65_535) ?? 0);
        if (!item.Has("port"))
            item.Error("required-field", "port", "The field \"port\" is required", "port: 80");
        int nodePort = (int)(item.Integer("nodePort", 0, 65_535) ?? 0);
        if (nodePort != 0 && nodePort is < FirstNodePort or > LastNodePort)
            item.Error("out-of-range", "nodePort", $"{nodePort} is not between {FirstNodePort} and {LastNodePort}");
        if (nodePort != 0 && type is ServiceType.ClusterIP or ServiceType.ExternalName)
            item.Error("node-port-type", "nodePort", $"A Service of type {type} has no node ports", "use type NodePort");
        ScalarNode? target = item.Ask("targetPort") as ScalarNode;
        bool isNamed = target is { Kind: ScalarKind.Text };
        if (isNamed && !Names.IsPortName(target!.Text))
            item.Error("invalid-name", "targetPort", $"\"{target.Text}\" is no name of a container port: {Names.PortNameRule}", "a number without quotes, or a name such as http");
        return new ServicePort
        {
            Name = item.Text("name") ?? "",
            Protocol = item.Word("protocol", Words.Protocols) ?? Protocol.TCP,
            Port = number,
            TargetPort = target is null ? number : isNamed ? 0 : (int)(item.Integer("targetPort", 1, 65_535) ?? number),
            TargetPortName = isNamed ? target!.Text : null,
            NodePort = nodePort,
            AppProtocol = item.Text("appProtocol"),
        };
    }

    private static int HealthCheckNodePort(Fields spec)
    {
        int port = (int)(spec.Integer("healthCheckNodePort", 0, 65_535) ?? 0);
        if (port != 0 && port is < FirstNodePort or > LastNodePort)
            spec.Error("out-of-range", "healthCheckNodePort", $"{port} is not between {FirstNodePort} and {LastNodePort}");
        return port;
    }

    private static string? ExternalName(Fields spec)
    {
        string name = spec.Required("externalName", "externalName: example.com");
        if (name.Length > 0 && !Names.IsDnsName(name.TrimEnd('.')))
            spec.Error("invalid-name", "externalName", $"\"{name}\" is no host name");
        return name.TrimEnd('.');
    }

    private static int? Affinity(Fields spec)
    {
        string? affinity = spec.Word("sessionAffinity", "None", "ClientIP");
        long? seconds = spec.Mapping("sessionAffinityConfig")?.Mapping("clientIP")?.Integer("timeoutSeconds", 1, 86_400);
        return affinity == "ClientIP" ? (int)(seconds ?? Service.DefaultAffinitySeconds) : null;
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
