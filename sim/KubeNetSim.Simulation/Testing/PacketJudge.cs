using System.Collections.Immutable;
using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Compares what a node does with a packet with what a test expects.</summary>
internal static class PacketJudge
{
    public static Judgement Judge(NetworkTestCase.PacketCase item, Cluster cluster, ServiceTable services)
    {
        string expected = Describe(item.Verdict, item.Endpoints, item.Masquerade);
        int number = Enumerable.Range(0, cluster.Nodes.Length).FirstOrDefault(node => cluster.Nodes[node].Meta.Name == item.Node, -1);
        if (number < 0)
            return new Judgement(expected, "no such node", $"there is no Node named \"{item.Node}\"; there are {string.Join(", ", cluster.Nodes.Take(5).Select(node => node.Meta.Name))}");
        NodeSnapshot snapshot = NodeSnapshot.Create(services, cluster.Nodes[number], cluster.KubeProxy, IptablesBackend.Nft, dispatchSeed: 0);
        Packet packet = new(item.Source, item.Destination, item.Protocol, item.Port, 0, snapshot.SourceOf(item.Source));
        Decision decision = snapshot.Decide(packet);
        bool forwarded = decision.Verdict == Verdict.Forward;
        ImmutableArray<string> endpoints = forwarded ? [.. decision.Endpoints.ToList().Select(endpoint => endpoint.ToString())] : [];
        bool masquerade = forwarded && Enumerable.Range(0, endpoints.Length).All(endpoint => decision.IsMasqueraded(packet, endpoint));
        string actual = Describe(decision.Verdict.ToString(), item.Endpoints is null ? null : endpoints, item.Masquerade is null ? null : masquerade);
        List<string> differences = [];
        if (item.Verdict is { } verdict && verdict != decision.Verdict.ToString())
            differences.Add($"verdict is {decision.Verdict} ({decision.Reason}), not {verdict}");
        if (item.Endpoints is { } wanted)
            Compare(wanted, endpoints, differences);
        if (item.Masquerade is { } rewritten && rewritten != masquerade)
            differences.Add(masquerade ? "the source address is rewritten" : "the source address is kept");
        return new Judgement(expected, actual, string.Join("; ", differences));
    }

    private static void Compare(ImmutableArray<string> wanted, ImmutableArray<string> endpoints, List<string> differences)
    {
        string[] missing = [.. wanted.Except(endpoints)];
        string[] extra = [.. endpoints.Except(wanted)];
        if (missing.Length > 0)
            differences.Add($"cannot be chosen: {string.Join(", ", missing)}");
        if (extra.Length > 0)
            differences.Add($"can be chosen as well: {string.Join(", ", extra)}");
    }

    private static string Describe(string? verdict, ImmutableArray<string>? endpoints, bool? masquerade)
    {
        List<string> parts = [];
        if (verdict is not null)
            parts.Add(verdict);
        if (endpoints is { } list)
            parts.Add($"endpoints [{string.Join(", ", list.Order(StringComparer.Ordinal))}]");
        if (masquerade is { } rewritten)
            parts.Add(rewritten ? "masquerade" : "no masquerade");
        return string.Join(", ", parts);
    }
}
