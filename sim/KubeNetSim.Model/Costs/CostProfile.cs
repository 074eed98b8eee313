namespace KubeNetSim.Model.Costs;

/// <summary>Which tables the <c>iptables</c> command writes: a kernel's own, or nf_tables through a translation.</summary>
public enum IptablesBackend
{
    /// <summary>iptables-nft, what today's distributions ship.</summary>
    Nft,

    /// <summary>iptables-legacy.</summary>
    Legacy,
}

/// <summary>
/// Nanoseconds for each unit of work that the data plane counts. Semantics decide where a packet goes, work says how many rules and
/// look-ups that took, and this prices them: another kernel is another profile.
/// </summary>
public sealed record CostProfile
{
    /// <summary>Name of the profile.</summary>
    public required string Name { get; init; }

    /// <summary>Where the figures come from.</summary>
    public required string Source { get; init; }

    /// <summary>iptables mode on the legacy back end: the key of its costs.</summary>
    public const string IptablesLegacy = "iptablesLegacy";

    /// <summary>iptables mode on the nft back end: the key of its costs.</summary>
    public const string IptablesNft = "iptablesNft";

    /// <summary>The costs by key: the name of a mode, or what the mode names instead where it has several back ends.</summary>
    public required CostTable Costs { get; init; }

    /// <summary>The costs of a key.</summary>
    /// <exception cref="ArgumentException">The profile does not have the key.</exception>
    public BackendCosts Of(string key) => Costs.Find(key) ?? throw new ArgumentException($"The cost profile {Name} has no costs of \"{key}\".", nameof(key));

    /// <summary>
    /// Measured on 2026-11-23: Linux 6.18 guest on AMD EPYC, iptables 1.8.9, nft 1.0.6, hot caches; shapes are firm, constants to
    /// about 25%. IPVS was not in that kernel: its constants follow published comparisons.
    /// </summary>
    public static CostProfile Default { get; } = new()
    {
        Name = "linux-6.18-epyc",
        Source = "measured 2026-11-23 on Linux 6.18.44 (AMD EPYC guest), iptables 1.8.9, nft 1.0.6; ipvs from published figures",
        Costs = new CostTable([
            new(IptablesLegacy, new BackendCosts { NewConnectionNs = 5_000, TranslationNs = 250,
                DispatchRuleNs = 2.95, EndpointRuleNs = 68, Sync = new SyncCosts(4e6, 12_000, 0.49, 19_000) }),
            new(IptablesNft, new BackendCosts { NewConnectionNs = 5_700, TranslationNs = 400,
                DispatchRuleNs = 15.3, EndpointRuleNs = 164, Sync = new SyncCosts(27e6, 26_000, 5.4, 6_000) }),
            new(ProxyModeNames.Nftables, new BackendCosts { NewConnectionNs = 5_000, TranslationNs = 100, LookupNs = 100, Sync = new SyncCosts(18e6, 7_300, 0, 3_600) }),
            new(ProxyModeNames.Ipvs, new BackendCosts { NewConnectionNs = 5_000, TranslationNs = 250, LookupNs = 100, Sync = new SyncCosts(2e6, 0, 0, 0) }),
        ]),
    };
}

/// <summary>What one back end charges.</summary>
public sealed record BackendCosts
{
    /// <summary>Hooks and conntrack for the first packet of any connection at a node, Service or not [ns].</summary>
    public required double NewConnectionNs { get; init; }

    /// <summary>Hooks and conntrack for each later packet at a node, one way [ns].</summary>
    public double EstablishedPacketNs { get; init; } = 1_100;

    /// <summary>Rewriting addresses and ports once a rule matched [ns].</summary>
    public double TranslationNs { get; init; }

    /// <summary>Each rule of the dispatch list that the packet is compared with [ns].</summary>
    public double DispatchRuleNs { get; init; }

    /// <summary>Each rule of the endpoint choice that is evaluated [ns].</summary>
    public double EndpointRuleNs { get; init; }

    /// <summary>Each look-up in a map, set or hash table [ns].</summary>
    public double LookupNs { get; init; }

    /// <summary>What writing a change into the kernel takes.</summary>
    public SyncCosts Sync { get; init; } = new(0, 0, 0, 0);
}

/// <summary>
/// How long kube-proxy takes to write one change of endpoints into the kernel, when everything else is there already. iptables copies its
/// whole table each time, so it grows with all Services and endpoints of the cluster. The default profile's figures are fits to measured
/// replacements of one endpoint among 10 to 30,000 Services; IPVS takes the same
/// at any size (Huawei, KubeCon Europe 2017), and 2 ms is that source's figure for a single Service.
/// </summary>
/// <param name="FixedNs">Whatever there is [ns].</param>
/// <param name="ServiceNs">For each port of a Service [ns].</param>
/// <param name="ServiceSquaredNs">For each pair of them [ns].</param>
/// <param name="EndpointNs">For each endpoint of such a port [ns].</param>
public sealed record SyncCosts(double FixedNs, double ServiceNs, double ServiceSquaredNs, double EndpointNs)
{
    /// <summary>The time among this many Service ports and endpoints [ns].</summary>
    public long Of(long services, long endpoints) =>
        (long)(FixedNs + (services * (ServiceNs + (services * ServiceSquaredNs))) + (endpoints * EndpointNs));
}
