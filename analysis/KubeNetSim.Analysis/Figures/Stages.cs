using System.Collections.Immutable;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>A stage of a request's time: what a reader calls it, and its colour in every figure.</summary>
internal sealed record Stage(string Noun, Color Color, Func<BreakdownResult, double> Of);

/// <summary>All stages, in the order in which a request meets them.</summary>
internal static class Stages
{
    public static ImmutableArray<Stage> All { get; } =
    [
        new("DNS look-ups", Color.FromHex("#CC79A7"), times => times.Dns),
        new("handshakes", Color.FromHex("#F0E442"), times => times.Connect),
        new("the load balancer", Color.FromHex("#0072B2"), times => times.LoadBalancer),
        new("evaluating rules", Color.FromHex("#D55E00"), times => times.Rules),
        new("the network", Color.FromHex("#56B4E9"), times => times.Network),
        new("waiting at the backend", Color.FromHex("#E69F00"), times => times.Queue),
        new("the backend's own work", Color.FromHex("#009E73"), times => times.Service),
    ];

    /// <summary>The stage that took most of some time.</summary>
    public static Stage Largest(BreakdownResult times) => All.MaxBy(stage => stage.Of(times))!;
}
