using System.Collections.Immutable;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>What a place on the way of a request is.</summary>
internal enum HopKind
{
    Client,
    Pod,
    Node,
    Dns,
    VirtualAddress,
    LoadBalancer,
    Rules,
    Proxy,
    OtherName,
    OutsideHost,
}

/// <summary>A place on the way of a request: what it is called, what happens there, and the mean time that this took.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Words">What it is.</param>
/// <param name="Stages">What took time there, and how long [ms].</param>
internal sealed record Hop(string Name, HopWords Words, ImmutableArray<StageTime> Stages);

/// <summary>A stage and the mean time that it took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Ms">The time [ms].</param>
internal sealed record StageTime(Stage Stage, double Ms);

/// <summary>The way of a workload's requests, hop by hop, and the time that passed between the hops.</summary>
/// <param name="Hops">Its hops, in order.</param>
/// <param name="Between">What took time and belongs to no single hop [ms].</param>
internal sealed record Way(ImmutableArray<Hop> Hops, ImmutableArray<StageTime> Between)
{
    // The clock of the simulation counts in nanoseconds; less is no time.
    private const double Resolution = 1e-6;

    /// <summary>Reads the way from a workload's path; each stage of the time is given to the hop where it passes.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="proxyMode">How kube-proxy works, as results name it.</param>
    public static Way Of(WorkloadResult workload, string proxyMode)
    {
        string[] names = workload.Path.Split(" -> ");
        ImmutableArray<StageTime> TimesAt(int place) => workload.BreakdownMs is not { } mean ? [] :
            [.. Stages.All.Where(stage => stage.Place(names) == place && stage.Of(mean) >= Resolution).Select(stage => new StageTime(stage, stage.Of(mean)))];
        return new Way(
            [.. names.Select((name, place) => new Hop(name, HopWords.Of(names, place, workload, proxyMode), TimesAt(place)))],
            TimesAt(-1));
    }

    /// <summary>Whether the name of a hop is that of a load balancer outside the cluster.</summary>
    public static bool IsLoadBalancer(string name) => name.Contains("load balancer", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether rules translate addresses at a hop.</summary>
    public static bool IsTranslation(string name) => name.Contains("NAT", StringComparison.Ordinal);
}
