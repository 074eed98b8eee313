using System.Collections.Immutable;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>A stage of a request's time: what a reader calls it, its colour in every figure, its mean time, and at which hop of a path it passes (-1: between them).</summary>
internal sealed record Stage(string Noun, Color Color, Func<BreakdownResult, double> Of, Func<string[], int> Place);

/// <summary>All stages, in the order in which a request meets them.</summary>
internal static class Stages
{
    public static ImmutableArray<Stage> All { get; } =
    [
        new("DNS look-ups", Color.FromHex("#CC79A7"), times => times.Dns, names => Array.IndexOf(names, "DNS")),
        new("handshakes", Color.FromHex("#F0E442"), times => times.Connect, _ => 0),
        new("the load balancer", Color.FromHex("#0072B2"), times => times.LoadBalancer, names => Array.FindIndex(names, Way.IsLoadBalancer)),
        new("evaluating rules", Color.FromHex("#D55E00"), times => times.Rules, names => Array.FindIndex(names, Way.IsTranslation)),
        new("the network", Color.FromHex("#56B4E9"), times => times.Network, _ => -1),
        new("waiting at the backend", Color.FromHex("#E69F00"), times => times.Queue, names => names.Length - 1),
        new("the backend's own work", Color.FromHex("#009E73"), times => times.Service, names => names.Length - 1),
    ];

    /// <summary>The stage that took most of some time.</summary>
    public static Stage Largest(BreakdownResult times) => All.MaxBy(stage => stage.Of(times))!;
}
