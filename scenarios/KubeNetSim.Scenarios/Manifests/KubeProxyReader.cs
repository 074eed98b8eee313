using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>Reads a KubeProxyConfiguration. Fields that decide neither where packets go nor when rules are written are passed over.</summary>
internal static class KubeProxyReader
{
    public const string ApiVersion = "kubeproxy.config.k8s.io/v1alpha1";

    /// <summary>Schedulers that ipvs knows.</summary>
    public static readonly string[] Schedulers = ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "sed", "nq", "mh"];

    public static KubeProxyConfiguration Read(Fields document)
    {
        ProxyMode mode = document.Text("mode") is null or "" ? ProxyMode.Iptables : document.Word("mode", Words.Lower<ProxyMode>()) ?? ProxyMode.Iptables;
        Fields? own = document.Mapping(mode.ToString().ToLowerInvariant());
        Fields? iptables = document.Mapping("iptables");
        string[] nodePortAddresses = [.. document.Texts("nodePortAddresses")];
        bool primary = nodePortAddresses is ["primary"];
        string? clusterCidr = document.Text("clusterCIDR");
        return new KubeProxyConfiguration
        {
            Mode = mode,
            DetectLocalMode = document.Text("detectLocalMode") is { Length: > 0 }
                ? document.Word("detectLocalMode", Words.Of<DetectLocalMode>()) ?? DetectLocalMode.ClusterCIDR : DetectLocalMode.ClusterCIDR,
            ClusterCidrs = clusterCidr is null ? null : clusterCidr.Length == 0 ? [] : Words.Cidrs(document, "clusterCIDR", clusterCidr.Split(',')),
            MasqueradeAll = own?.Bool("masqueradeAll", false) ?? iptables?.Bool("masqueradeAll", false) ?? false,
            LocalhostNodePorts = iptables?.Bool("localhostNodePorts", true) ?? true,
            NodePortAddresses = primary ? [] : Words.Cidrs(document, "nodePortAddresses", nodePortAddresses),
            NodePortsOnPrimaryOnly = primary,
            IpvsScheduler = Scheduler(document.Mapping("ipvs"), "scheduler") ?? "rr",
            MinSyncPeriodNs = (long?)own?.Duration("minSyncPeriod", 0, 86_400e9),
            SyncPeriodNs = (long)(own?.Duration("syncPeriod", 0, 86_400e9) ?? 30e9),
            Origin = ManifestKinds.OriginOf(document.Node),
        };
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
