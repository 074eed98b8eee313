namespace KubeNetSim.Experiments.Planning;

/// <summary>What a plan counts besides the network: nodes, or what pods ask for, where its settings change them and a price is known.</summary>
internal enum CountedCompute
{
    /// <summary>Nothing: no setting changes it, or there is no price.</summary>
    Nothing,

    /// <summary>The nodes.</summary>
    Nodes,

    /// <summary>What pods ask for, on nodes that stay the same.</summary>
    Pods,
}

/// <summary>Processors and memory of one setting.</summary>
/// <param name="Nodes">Price of its nodes for a month; null where there is no price.</param>
/// <param name="Pods">Price of what its pods ask for.</param>
/// <param name="Size">Cores and memory of its nodes and pods, to see whether settings change them.</param>
internal sealed record PlanCosts(double? Nodes, double? Pods, (long, long, long, long) Size)
{
    /// <summary>Those of a scenario.</summary>
    public static PlanCosts Of(ScenarioInput input)
    {
        (long nodeCpu, long nodeMemory) = (input.Cluster.Nodes.Sum(node => node.AllocatableMilliCpu), input.Cluster.Nodes.Sum(node => node.AllocatableMemoryBytes));
        Pod[] pods = [.. input.Cluster.Pods.Where(pod => pod.NodeName is not null)];
        (long podCpu, long podMemory) = (pods.Sum(pod => pod.Spec.RequestedMilliCpu), pods.Sum(pod => pod.Spec.RequestedMemoryBytes));
        ComputePrice? price = input.Scenario.Prices?.Compute;
        return new PlanCosts(price?.Hour(nodeCpu, nodeMemory) * MonthlyBill.HoursPerMonth, price?.Hour(podCpu, podMemory) * MonthlyBill.HoursPerMonth, (nodeCpu, nodeMemory, podCpu, podMemory));
    }

    /// <summary>What is to be counted, given what every setting has.</summary>
    public static CountedCompute WhatCounts(IReadOnlyCollection<PlanCosts> all)
    {
        if (all.Any(costs => costs.Nodes is null))
            return CountedCompute.Nothing;
        return all.Select(costs => (costs.Size.Item1, costs.Size.Item2)).Distinct().Skip(1).Any() ? CountedCompute.Nodes
            : all.Select(costs => (costs.Size.Item3, costs.Size.Item4)).Distinct().Skip(1).Any() ? CountedCompute.Pods : CountedCompute.Nothing;
    }

    /// <summary>What is added to the costs of the network.</summary>
    public double Counted(CountedCompute what) => what switch
    {
        CountedCompute.Nothing => 0,
        CountedCompute.Nodes => Nodes ?? 0,
        CountedCompute.Pods => Pods ?? 0,
        _ => throw new System.Diagnostics.UnreachableException($"compute {what}"),
    };

    /// <summary>What costs are of, in words.</summary>
    public static string InWords(CountedCompute what) => what switch
    {
        CountedCompute.Nothing => "the network",
        CountedCompute.Nodes => "the network and the nodes",
        CountedCompute.Pods => "the network and what pods ask for",
        _ => throw new System.Diagnostics.UnreachableException($"compute {what}"),
    };

    /// <summary>Why settings change what is not counted; null where that is not so.</summary>
    public static string? NotCounted(IReadOnlyCollection<PlanCosts> all) =>
        all.Any(costs => costs.Nodes is null) && all.Select(costs => costs.Size).Distinct().Skip(1).Any()
            ? "Settings change nodes or pods, whose price the PriceSheet does not have (compute.vcpuHour, compute.gibHour): costs are those of the network alone." : null;
}
