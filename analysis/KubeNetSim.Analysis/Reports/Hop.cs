using System.Collections.Immutable;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>A place on the way of a request: what it is called, what happens there, and the mean time that this took.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Meaning">What it is and does, in Kubernetes' words.</param>
/// <param name="Times">What took time there, and how long [ms].</param>
internal sealed record Hop(string Name, string Meaning, ImmutableArray<(string Noun, double Ms)> Times);

/// <summary>The way of a workload's requests, hop by hop, and the time that passed between the hops.</summary>
/// <param name="Hops">Its hops, in order.</param>
/// <param name="Between">What took time and belongs to no single hop [ms].</param>
internal sealed record Way(ImmutableArray<Hop> Hops, ImmutableArray<(string Noun, double Ms)> Between)
{
    // The clock of the simulation counts in nanoseconds; less is no time.
    private const double Resolution = 1e-6;

    /// <summary>Reads the way from a workload's path; each stage of the time is given to the hop where it passes.</summary>
    public static Way Of(WorkloadResult workload)
    {
        string[] names = workload.Path.Split(" -> ");
        ImmutableArray<(string, double)> TimesAt(int place) => workload.BreakdownMs is not { } mean ? [] :
            [.. Stages.All.Where(stage => stage.Place(names) == place && stage.Of(mean) >= Resolution).Select(stage => (stage.Noun, stage.Of(mean)))];
        return new Way(
            [.. names.Select((name, place) => new Hop(name, MeaningOf(name, place == 0, place == names.Length - 1), TimesAt(place)))],
            TimesAt(-1));
    }

    private static string MeaningOf(string name, bool isFirst, bool isLast) => name switch
    {
        "client" => "Somebody outside the cluster. It reaches only what is published: node ports and load balancers.",
        "pod" when isFirst => "A pod of the cluster that sends the request. It opens the connection: a TCP handshake, and one of TLS for https.",
        "node" when isFirst => "A process on a node that sends the request. It opens the connection.",
        "DNS" => "The cluster's DNS server answers the name of a Service with its cluster IP, or with the addresses of its pods where it is headless. An answer that the client still holds costs nothing.",
        "cluster IP" => "A virtual address: no machine has it. Rules that kube-proxy keeps on every node turn it into the address of an endpoint.",
        _ when IsLoadBalancer(name) => "A load balancer outside the cluster, set up by the cloud for a Service of type LoadBalancer. It hands each connection to a node that passes its health check.",
        _ when name.StartsWith("node", StringComparison.Ordinal) => "A node port: every node listens on it, whether one of the Service's pods runs there or not.",
        _ when name.Contains("SNAT", StringComparison.Ordinal) => "The node's rules replace the destination by one endpoint's address (DNAT), and the source by the node's own (SNAT), so that the answer comes back this way. The pod does not see who asked; externalTrafficPolicy: Local would keep that.",
        _ when IsTranslation(name) => "The node's rules replace the Service's address by one endpoint's (DNAT). Connection tracking keeps the choice for as long as the connection lives.",
        _ when name.StartsWith("CNAME", StringComparison.Ordinal) => "A Service of type ExternalName: DNS answers with another name. Nothing is proxied, no rule is involved.",
        "external host" => "A host outside the cluster that answers the request.",
        _ when isLast && name.StartsWith("pod", StringComparison.Ordinal) => "An endpoint: a ready pod that the Service's selector matches. Requests wait here when all that it can work on at once are taken.",
        _ => "Where the request arrives.",
    };

    /// <summary>Whether the name of a hop is that of a load balancer outside the cluster.</summary>
    public static bool IsLoadBalancer(string name) => name.Contains("load balancer", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether rules translate addresses at a hop.</summary>
    public static bool IsTranslation(string name) => name.Contains("NAT", StringComparison.Ordinal);
}
