using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>The queries of a look-up and their answers, in words.</summary>
internal static class LookupText
{
    /// <summary>What the client's resolver asks, and whom.</summary>
    public static string Asked(in Flight query, RunState state, bool isKnownAtNode)
    {
        if (state.Names.ResolverOf(query.Workload) is not { } resolver)
            return $"asks its own resolver for {NameOf(query, state, inCluster: false)}";
        bool inCluster = resolver.Servers[(query.Lookup.FirstServer + query.Lookup.Tries) % resolver.Servers.Length];
        string name = NameOf(query, state, inCluster);
        return isKnownAtNode ? $"asks for A and AAAA of {name}: NodeLocal DNSCache of its node knows the answers"
            : !inCluster ? $"asks a server outside for {TypesOf(query.Lookup.Sent)} of {name}"
            : $"asks cluster DNS for {TypesOf(query.Lookup.Sent)} of {name}{(query.Lookup.OverTcp ? " over TCP" : "")}";
    }

    /// <summary>What a pod of CoreDNS answers, and how long an upstream server takes for it [ns].</summary>
    public static (string What, long TookNs) Served(in Flight query, RunState state, PreparedScenario prepared)
    {
        int name = state.Names.NameAt(query.Workload, query.Lookup.Name, asksCluster: true);
        List<string> records = [];
        bool asksUpstream = false;
        foreach (Questions question in (ImmutableArray<Questions>)[Questions.A, Questions.Aaaa])
        {
            if ((query.Lookup.Sent & question) == 0)
                continue;
            NameAnswer answer = state.Names.AnswerTo(NameTable.QuestionOf(name, question));
            asksUpstream |= answer.IsForwarded;
            records.Add($"{(answer.Addresses.IsEmpty ? "no " : "")}{TypesOf(question)}{string.Concat(answer.Addresses.Take(4).Select(address => $" {prepared.NameOfOutside(address)}"))}{(answer.Addresses.Length > 4 ? " ..." : "")}");
        }
        return ($"{(asksUpstream ? "asks an upstream server, and " : "")}answers the DNS query: {string.Join(", ", records)}", asksUpstream ? prepared.Scenario.Network.UpstreamDnsNs : 0);
    }

    private static string NameOf(in Flight query, RunState state, bool inCluster) =>
        state.Names.TextOf(state.Names.NameAt(query.Workload, query.Lookup.Name, inCluster));

    private static string TypesOf(Questions questions) => questions switch
    {
        Questions.A => "A",
        Questions.Aaaa => "AAAA",
        _ => "A and AAAA",
    };
}
