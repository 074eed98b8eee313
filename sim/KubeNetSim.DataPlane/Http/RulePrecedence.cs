namespace KubeNetSim.DataPlane.Http;

/// <summary>
/// Which of several rules that match wins (HTTPRouteRule.matches and HTTPRouteSpec.hostnames; GRPCRouteRule.matches): the more specific host,
/// then an exact path, the longer path, a method, more headers, more query parameters. The order that rules are compiled in decides between
/// equals: oldest route, name, position.
/// </summary>
internal readonly record struct RulePrecedence(
    HostRank Host, int PathKind, int PathLength, int MethodLength, int Headers, int QueryParams) : IComparable<RulePrecedence>
{
    /// <summary>The precedence of a rule that answers only what no other does.</summary>
    public static RulePrecedence Last { get; } = new(default, -1, 0, 0, 0, 0);

    public int CompareTo(RulePrecedence other)
    {
        int host = Host.CompareTo(other.Host);
        return host != 0 ? host
            : (PathKind, PathLength, MethodLength, Headers, QueryParams).CompareTo((other.PathKind, other.PathLength, other.MethodLength, other.Headers, other.QueryParams));
    }

    /// <summary>What this one has that another has not.</summary>
    public string Over(RulePrecedence other) =>
        Host.CompareTo(other.Host) != 0 ? "the more specific host"
        : PathKind != other.PathKind ? PathKind == PathCondition.ExactKind ? "an exact path" : "a path"
        : PathLength != other.PathLength ? "the longer path"
        : MethodLength != other.MethodLength ? "a method"
        : Headers != other.Headers ? "more headers"
        : QueryParams != other.QueryParams ? "more query parameters"
        : "the older route, or the first name, or the first place";
}
