namespace KubeNetSim.Scenarios.Manifests;

/// <summary>
/// Reads a KubeProxyConfiguration (k8s.io/kube-proxy config/v1alpha1 types.go). Fields that decide neither where packets go nor when rules are
/// written are passed over.
/// </summary>
internal static class KubeProxyReader
{
    public const string ApiVersion = "kubeproxy.config.k8s.io/v1alpha1";

    /// <summary>Schedulers that ipvs knows.</summary>
    public static readonly string[] Schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "mh"];

    private static readonly string[] PassedOver =
    [
        "apiVersion", "kind", "metadata", "featureGates", "clientConnection", "logging", "hostnameOverride", "bindAddress", "healthzBindAddress",
        "metricsBindAddress", "bindAddressHardFail", "enableProfiling", "showHiddenMetricsForVersion", "winkernel", "oomScoreAdj",
        "conntrack", "configSyncPeriod", "portRange", "windowsRunAsService",
    ];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["iptables"] = ["masqueradeBit", "masqueradeAll", "localhostNodePorts", "syncPeriod", "minSyncPeriod"],
        ["ipvs"] = ["syncPeriod", "minSyncPeriod", "scheduler", "excludeCIDRs", "strictARP", "tcpTimeout", "tcpFinTimeout", "udpTimeout"],
        ["nftables"] = ["masqueradeBit", "masqueradeAll", "syncPeriod", "minSyncPeriod"],
        ["detectLocal"] = ["bridgeInterface", "interfaceNamePrefix"],
    };

    public static KubeProxyConfiguration Read(Fields document, IReadOnlyList<string> modes)
    {
        string mode = document.Text("mode") is null or "" ? ProxyModeNames.Iptables : document.Word("mode", [.. modes]) ?? ProxyModeNames.Iptables;
        mode = modes.Contains(mode) ? mode : ProxyModeNames.Iptables;
        Dictionary<string, Fields?> parts = Known.Keys.ToDictionary(key => key, document.Mapping);
        Fields? own = parts.GetValueOrDefault(mode);
        Fields? iptables = parts["iptables"];
        DetectLocalMode detector = document.Text("detectLocalMode") is { Length: > 0 }
            ? document.Word("detectLocalMode", Words.Of<DetectLocalMode>()) ?? DetectLocalMode.ClusterCIDR : DetectLocalMode.ClusterCIDR;
        bool primary = document.Texts("nodePortAddresses") is ["primary"];
        KubeProxyConfiguration configuration = new()
        {
            Mode = mode,
            DetectLocalMode = detector,
            LocalInterface = parts["detectLocal"]?.Text(detector == DetectLocalMode.BridgeInterface ? "bridgeInterface" : "interfaceNamePrefix") ?? "",
            ClusterCidrs = document.Text("clusterCIDR") is null ? null : Words.CidrsIn(document, "clusterCIDR"),
            // There is no ipvs.masqueradeAll: a mode without the field goes by that of iptables.
            MasqueradeAll = (Known.GetValueOrDefault(mode, []).Contains("masqueradeAll") ? own : iptables)?.Bool("masqueradeAll", false) ?? false,
            LocalhostNodePorts = iptables?.Bool("localhostNodePorts", true) ?? true,
            NodePortAddresses = primary ? [] : Words.Cidrs(document, "nodePortAddresses"),
            NodePortsOnPrimaryOnly = primary,
            IpvsScheduler = Scheduler(parts["ipvs"], "scheduler") ?? "rr",
            MinSyncPeriodNs = (long?)own?.Duration("minSyncPeriod", 0, 86_400e9),
            SyncPeriodNs = (long)(own?.Duration("syncPeriod", 0, 86_400e9) ?? 30e9),
            Origin = FieldLayout.OriginOf(document.Node),
        };
        foreach ((string key, string[] known) in Known)
            parts[key]?.Close(known);
        document.Close(PassedOver);
        return configuration;
    }

    /// <summary>A scheduler's name; null where it is missing or none.</summary>
    public static string? Scheduler(Fields? fields, string key)
    {
        if (fields?.Text(key) is not { Length: > 0 } name)
            return null;
        if (Schedulers.Contains(name))
            return name;
        fields.Error("unknown-value", key, $"\"{name}\" is no IPVS scheduler", $"one of {string.Join(", ", Schedulers)}");
        return null;
    }
}
