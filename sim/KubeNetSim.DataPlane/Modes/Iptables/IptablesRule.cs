namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>A rule of iptables.</summary>
/// <param name="Table">nat or filter.</param>
/// <param name="Chain">Chain that it stands in.</param>
/// <param name="Text">Matches and target, as iptables-save writes them.</param>
internal readonly record struct IptablesRule(string Table, string Chain, string Text)
{
    public override string ToString() => $"-A {Chain} {Text}";
}
