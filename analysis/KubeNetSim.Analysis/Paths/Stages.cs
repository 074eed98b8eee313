using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Paths;

/// <summary>A stage of a request's time.</summary>
/// <param name="Noun">What a reader calls it.</param>
/// <param name="Color">Its color in every figure.</param>
/// <param name="Of">Its mean time [ms].</param>
/// <param name="PlaceIn">At which hop of a path it passes; -1 where it passes between hops.</param>
internal sealed record Stage(string Noun, Color Color, Func<BreakdownResult, double> Of, Func<ImmutableArray<PathHop>, int> PlaceIn);

/// <summary>
/// All stages, in the order in which a request meets them. Their colors fill areas behind dark text and are lighter than the colors of lines, so that
/// a stage is not taken for a workload (the light scheme of Paul Tol, Colour Schemes, SRON/EPS/TN/09-002, 2021).
/// </summary>
internal static class Stages
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Stage> All { get; } =
    [
        new("DNS look-ups", Color.FromHex("#FFAABB"), times => times.Dns, hops => First(hops, kind => kind == PathHopKind.Dns)),
        new("handshakes", Color.FromHex("#EEDD88"), times => times.Connect, _ => 0),
        new("the load balancer", Color.FromHex("#77AADD"), times => times.LoadBalancer, hops => First(hops, kind => kind == PathHopKind.LoadBalancer)),
        new("evaluating rules", Color.FromHex("#EE8866"), times => times.Rules, hops => First(hops, TranslatesAddresses)),
        new("the network", Color.FromHex("#99DDFF"), times => times.Network, _ => -1),
        new("waiting at the backend", Color.FromHex("#BBCC33"), times => times.Queue, hops => hops.Length - 1),
        new("the backend's own work", Color.FromHex("#44BB99"), times => times.Service, hops => hops.Length - 1),
    ];

    /// <summary>The color of evaluating rules, wherever it is drawn.</summary>
    public static Color RuleColor { get; } = All[3].Color;

    /// <summary>The stage that took most of some time.</summary>
    public static Stage Largest(BreakdownResult times) => All.MaxBy(stage => stage.Of(times))!;

    private static bool TranslatesAddresses(PathHopKind kind) => kind is PathHopKind.Dnat or PathHopKind.LocalDnat or PathHopKind.DnatAndSnat;

    private static int First(ImmutableArray<PathHop> hops, Predicate<PathHopKind> isMeant)
    {
        for (int place = 0; place < hops.Length; place++)
            if (isMeant(hops[place].Kind))
                return place;
        return -1;
    }
}
