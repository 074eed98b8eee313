using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Testing;

/// <summary>Compares what a node does with a packet with what a test expects.</summary>
internal static class PacketJudge
{
    private const int ShownNodes = 5;

    public static Judgement Judge(NetworkTestCase.PacketCase item, Cluster cluster, ServiceTable services, ProxyModeList modes)
    {
        int number = Enumerable.Range(0, cluster.Nodes.Length).FirstOrDefault(node => cluster.Nodes[node].Meta.Name == item.Node, -1);
        if (number < 0)
            return Judgement.Impossible($"packet.node: there is no Node \"{item.Node}\"; there {Nodes(cluster)}");
        NodeSnapshot snapshot = modes.Program(services, cluster.Nodes[number], cluster.KubeProxy, IptablesBackend.Nft, dispatchSeed: 0);
        Packet packet = new(item.Source, item.Destination, item.Protocol, item.Port, 0, snapshot.SourceOf(item.Source));
        Decision decision = snapshot.Decide(packet);
        DecisionStep[] steps = DecisionSteps.Of(decision, packet);
        ImmutableArray<EndpointEntry> endpoints = decision.Verdict == Verdict.Forward ? [.. decision.Endpoints.ToList()] : [];
        bool masquerade = steps.All(step => step.RewritesSource);
        List<Expectation> expectations = [];
        if (item.Verdict is { } verdict)
            expectations.Add(Expectation.Of("verdict", verdict, decision.Verdict.ToString(), Why(decision.Reason)));
        if (item.Endpoints is { } wanted)
            expectations.Add(Expectation.Of("endpoints", wanted, endpoints.Select(endpoint => endpoint.ToString())) with { Remarks = PlacesOf(endpoints, cluster) });
        if (item.Masquerade is { } rewritten)
            expectations.Add(Expectation.Of("masquerade", Text(rewritten), Text(masquerade), masquerade ? "the source address is rewritten" : "the source address is kept"));
        return new Judgement([.. expectations]);
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string Nodes(Cluster cluster) => cluster.Nodes.Length switch
    {
        0 => "are none",
        1 => $"is {cluster.Nodes[0].Meta.Name}",
        > ShownNodes => $"are {string.Join(", ", cluster.Nodes.Take(ShownNodes).Select(node => node.Meta.Name))} and {cluster.Nodes.Length - ShownNodes} more",
        _ => $"are {string.Join(", ", cluster.Nodes.Select(node => node.Meta.Name))}",
    };

    private static ImmutableDictionary<string, string> PlacesOf(ImmutableArray<EndpointEntry> endpoints, Cluster cluster)
    {
        Dictionary<string, string> places = [];
        foreach (EndpointEntry endpoint in endpoints)
        {
            string pod = endpoint.PodIndex >= 0 ? $"pod {cluster.Pods[endpoint.PodIndex].Meta.Name} " : "";
            string node = endpoint.NodeIndex >= 0 ? $"on {cluster.Nodes[endpoint.NodeIndex].Meta.Name}" : "";
            if (pod.Length + node.Length > 0)
                places[endpoint.ToString()] = $"{pod}{node}".Trim();
        }
        return places.ToImmutableDictionary();
    }

    private static string Why(DecisionReason reason) => reason switch
    {
        DecisionReason.NoRule => "no rule is for this address and port",
        DecisionReason.NoEndpoints => "the Service has no usable endpoint",
        DecisionReason.NoLocalEndpoints => "the policy is Local, and the node has no endpoint",
        DecisionReason.SourceNotAllowed => "the sender is outside of loadBalancerSourceRanges",
        DecisionReason.UndefinedPort => "the Service has no such port",
        DecisionReason.UnallocatedAddress => "no Service owns the address",
        DecisionReason.HealthCheck => "it is a health check",
        _ => "",
    };
}
