using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Records;

/// <summary>What was run, so that a result explains itself and can be reproduced.</summary>
public sealed record RunDescription
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The question that it answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Version of the simulator.</summary>
    public required string Version { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Proxy mode in Kubernetes' spelling, with its back end or scheduler, for example <c>iptables (nft)</c>.</summary>
    public required string ProxyMode { get; init; }

    /// <summary>Name of the cloud, in lower case; <c>none</c> where there is none.</summary>
    public required string Cloud { get; init; }

    /// <summary>Nodes, pods, Services and endpoints of the cluster, background Services included.</summary>
    public required ClusterSize Size { get; init; }

    /// <summary>Load balancers that the cloud set up, and charges for.</summary>
    public int LoadBalancers { get; init; }

    /// <summary>Of these, the ones that Gateways and Ingress controllers have.</summary>
    public int RouterLoadBalancers { get; init; }

    /// <summary>Name and origin of the cost profile.</summary>
    public required string CostProfile { get; init; }

    /// <summary>Name of the network profile.</summary>
    public required string NetworkProfile { get; init; }

    /// <summary>What was assumed because the files do not say it: what, and its value.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Defaults { get; init; } = [];

    /// <summary>What controllers would have reported: Pending pods, load balancers that never come.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>What the scenario's timeline did within the run, in the order of time.</summary>
    public ImmutableArray<TimelineMark> Timeline { get; init; } = [];
}

/// <summary>How big the cluster is.</summary>
/// <param name="Nodes">Nodes.</param>
/// <param name="Pods">Pods.</param>
/// <param name="Services">Services.</param>
/// <param name="Endpoints">Endpoints, one for each pod and Service port.</param>
public sealed record ClusterSize(int Nodes, int Pods, int Services, int Endpoints);
