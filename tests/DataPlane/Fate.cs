namespace KubeNetSim.Tests.DataPlane;

/// <summary>What can happen to a packet: one of these for each way that the dice may fall.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Endpoint"><c>address:port</c> that it was sent to; empty unless forwarded.</param>
/// <param name="Masqueraded">Whether it was marked.</param>
/// <param name="DispatchRules">Rules compared in the lists that grow with the Services.</param>
/// <param name="ChoiceRules">Rules compared to choose an endpoint.</param>
/// <param name="Lookups">Look-ups in maps and sets that find the Service, choose an endpoint, or end the packet.</param>
internal sealed record Fate(Verdict Verdict, string Endpoint, bool Masqueraded, int DispatchRules, int ChoiceRules, int Lookups = 0)
{
    /// <summary>All that can happen, in words that tests compare.</summary>
    public static string Told(IReadOnlyList<Fate> fates) => fates[0].Verdict != Verdict.Forward
        ? string.Join(' ', fates.Select(fate => fate.Verdict).Distinct())
        : string.Join(' ', fates.Select(fate => $"{fate.Endpoint}{(fate.Masqueraded ? "!" : "")}"));

    /// <summary>What the router says, in the same words.</summary>
    public static string Told(Decision decision, Packet packet) => decision.Verdict != Verdict.Forward ? decision.Verdict.ToString()
        : string.Join(' ', decision.Endpoints.ToList().Select((endpoint, i) => $"{endpoint}{(decision.IsMasqueraded(packet, i) ? "!" : "")}"));
}
