using System.Collections.Immutable;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>A stage of a request's time: what a reader calls it, its colour in every figure, its mean time, and at which hop of a path it passes (-1: between them).</summary>
internal sealed record Stage(string Noun, Color Color, Func<BreakdownResult, double> Of, Func<string[], int> Place);

/// <summary>
/// All stages, in the order in which a request meets them. Their colors are for areas with dark text on them, and lighter than those of lines, so that
/// a stage is not taken for a workload (the light scheme of Paul Tol, Colour Schemes, SRON/EPS/TN/09-002, 2021).
/// </summary>
internal static class Stages
{
    public static ImmutableArray<Stage> All { get; } =
    [
        new("DNS look-ups", Color.FromHex("#FFAABB"), times => times.Dns, names => Array.IndexOf(names, "DNS")),
        new("handshakes", Color.FromHex("#EEDD88"), times => times.Connect, _ => 0),
        new("the load balancer", Color.FromHex("#77AADD"), times => times.LoadBalancer, names => Array.FindIndex(names, Way.IsLoadBalancer)),
        new("evaluating rules", Color.FromHex("#EE8866"), times => times.Rules, names => Array.FindIndex(names, Way.IsTranslation)),
        new("the network", Color.FromHex("#99DDFF"), times => times.Network, _ => -1),
        new("waiting at the backend", Color.FromHex("#BBCC33"), times => times.Queue, names => names.Length - 1),
        new("the backend's own work", Color.FromHex("#44BB99"), times => times.Service, names => names.Length - 1),
    ];

    /// <summary>The color of evaluating rules, wherever it is drawn.</summary>
    public static Color RuleColor { get; } = All[3].Color;

    /// <summary>The stage that took most of some time.</summary>
    public static Stage Largest(BreakdownResult times) => All.MaxBy(stage => stage.Of(times))!;
}
