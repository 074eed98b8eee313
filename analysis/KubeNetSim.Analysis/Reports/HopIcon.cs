namespace KubeNetSim.Analysis.Reports;

/// <summary>Icons of hops, drawn with a pen in a square of 24 by 24.</summary>
internal static class HopIcon
{
    private const string Person = "M12 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8M4 21c0-4.5 3.5-7 8-7s8 2.500 8 7";
    private const string Cube = "M12 2.500l8 4.500v10l-8 4.500l-8-4.500v-10zM4 7l8 4.500l8-4.500M12 11.500v10";
    private const string TwoDrawers = "M4 4h16v7h-16zM4 13h16v7h-16zM7.500 7.500h.1M7.500 16.500h.1M11 7.500h6M11 16.500h6";
    private const string Book = "M12 6c-2-1.500-5-2-9-2v14c4 0 7 .5 9 2c2-1.500 5-2 9-2v-14c-4 0-7 .5-9 2v14";
    private const string DashedCircle =
        "M12 3a9 9 0 0 1 5.500 1.900M20.300 8.500a9 9 0 0 1 0 7M17.500 19.100a9 9 0 0 1-11 0M3.700 15.500a9 9 0 0 1 0-7M6.500 4.900a9 9 0 0 1 5.500-1.900M12 9v6M9 12h6";
    private const string OneToThree = "M3 12h18M18 9l3 3l-3 3M8 12l8-7h5M18.500 2.500l2.500 2.500l-2.500 2.500M8 12l8 7h5M18.500 16.500l2.500 2.500l-2.500 2.500";
    private const string ListWithArrow = "M4 5h10M4 10h10M4 15h6M4 20h10M13 15h8M18 12l3 3l-3 3";
    private const string Signpost = "M12 21v-17M12 5h6l3 2.500l-3 2.500h-6M12 11h-6l-3 2.500l3 2.500h6";
    private const string Label = "M3 4h9l9 9l-8 8l-10-9zM7.500 8.500h.1";
    private const string Globe = "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9";

    /// <summary>The path of an icon, as SVG writes paths.</summary>
    public static string Of(PathHopKind kind) => kind switch
    {
        PathHopKind.Client => Person,
        PathHopKind.ClientPod or PathHopKind.Endpoint or PathHopKind.HeadlessEndpoint => Cube,
        PathHopKind.ClientNode or PathHopKind.NodePort or PathHopKind.ServiceNode => TwoDrawers,
        PathHopKind.Dns => Book,
        PathHopKind.ClusterIP => DashedCircle,
        PathHopKind.LoadBalancer => OneToThree,
        PathHopKind.Dnat or PathHopKind.LocalDnat or PathHopKind.DnatAndSnat => ListWithArrow,
        PathHopKind.Router => Signpost,
        PathHopKind.Cname => Label,
        _ => Globe,
    };
}
