namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads what a Scenario says of its cluster.</summary>
internal static class ClusterSettingsReader
{
    private const int MostNodes = 50_000;
    private const int MostBackgroundServices = 200_000;

    public static ClusterSettings Read(Fields cluster, IReadOnlyList<string> modes, out IptablesBackend backend)
    {
        backend = IptablesBackend.Nft;
        Fields? proxy = cluster.Mapping("kubeProxy");
        Fields? node = cluster.Mapping("node");
        ClusterSettings settings = new()
        {
            Nodes = (int?)cluster.Integer("nodes", 1, MostNodes),
            Zones = NodePoolReader.Zones(cluster),
            Region = Region(cluster),
            NodeMilliCpu = node?.Quantity("cpu", 0.001, 1e5) is { } cpu ? (long)(cpu * 1_000) : null,
            NodeMemoryBytes = node?.Quantity("memory", 1, 1e18) is { } memory ? (long)memory : null,
            NodePods = (int?)node?.Integer("pods", 1, 100_000),
            NodeLabels = node is null ? ObjectMeta.NoLabels : NodePoolReader.Labels(node),
            NodeTaints = node is null ? [] : NodePoolReader.Taints(node),
            NodePools = [.. cluster.Mappings("nodePools").Select(NodePoolReader.Read)],
            PodCidrs = Words.Cidrs(cluster, "podCIDRs"),
            ServiceCidrs = Words.Cidrs(cluster, "serviceCIDRs"),
            ProxyMode = proxy?.Word("mode", [.. modes]),
            IpvsScheduler = KubeProxyReader.Scheduler(proxy, "scheduler"),
            Cloud = cluster.Word("cloud", Words.Lower<CloudProvider>()),
            LoadBalancersSendToPods = cluster.Word("loadBalancerTargets", "nodes", "pods") == "pods",
            MinikubeTunnel = cluster.Bool("minikubeTunnel", false),
            LoadBalancerPool = Words.CidrsIn(cluster, "loadBalancerPool") is [var block, ..] ? block : null,
            BackgroundServices = (int)(cluster.Integer("backgroundServices", 0, MostBackgroundServices) ?? 0),
            DnsReplicas = (int?)cluster.Integer("dnsReplicas", 0, 1_000),
            SystemServices = cluster.Bool("systemServices", true),
            HttpRouters = cluster.Mapping("httpRouters") is { } routers ? Routers(routers) : new HttpRouterSettings(),
            Origin = FieldLayout.OriginOf(cluster.Node),
        };
        if (proxy?.Word("iptablesBackend", Words.Lower<IptablesBackend>()) is { } given)
            backend = given;
        node?.Close();
        proxy?.Close();
        cluster.Close();
        return settings;
    }

    private static HttpRouterSettings Routers(Fields routers)
    {
        HttpRouterSettings usual = new();
        HttpRouterSettings read = new()
        {
            Replicas = (int)(routers.Integer("replicas", 1, 10_000) ?? usual.Replicas),
            ServiceTime = routers.Has("serviceTime") ? DistributionReader.Read(routers, "serviceTime") ?? usual.ServiceTime : usual.ServiceTime,
            Concurrency = (int)(routers.Integer("concurrency", 1, 100_000) ?? usual.Concurrency),
            UsesClusterIP = routers.Word("backends", "endpoints", "clusterIP") == "clusterIP",
            KeepsConnections = routers.Bool("keepConnections", true),
            IngressService = routers.Text("ingressService"),
        };
        routers.Close();
        return read;
    }

    private static string? Region(Fields cluster)
    {
        string? region = cluster.Text("region");
        if (region is null || (region.Length > 0 && Names.IsLabelValue(region)))
            return region;
        cluster.Error("invalid-label", "region", $"\"{region}\" is no name of a region, which is a label of its nodes", "region: eu-central-1");
        return null;
    }
}
