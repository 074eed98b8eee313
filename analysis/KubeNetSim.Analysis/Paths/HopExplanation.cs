using System.Collections.Immutable;
using System.Diagnostics;

namespace KubeNetSim.Analysis.Paths;

/// <summary>What a hop is and does, for a reader who meets it for the first time.</summary>
/// <param name="Meaning">What happens there.</param>
/// <param name="Concept">The page of the Kubernetes documentation that explains it; empty where there is none.</param>
internal sealed record HopExplanation(string Meaning, string Concept)
{
    private const string Networking = "Services, Load Balancing, and Networking";
    private const string Virtual = "Virtual IPs and Service Proxies";
    private const string Names = "DNS for Services and Pods";

    /// <summary>Explains a hop of a path.</summary>
    /// <param name="hops">The path.</param>
    /// <param name="place">Which hop of it.</param>
    /// <param name="workload">The workload whose path it is.</param>
    /// <param name="proxyMode">The mode of kube-proxy, as results name it.</param>
    public static HopExplanation Of(ImmutableArray<PathHop> hops, int place, WorkloadResult workload, string proxyMode) => hops[place].Kind switch
    {
        PathHopKind.Client => new(
            "A client outside the cluster. It reaches the cluster only where a Service is published: at a node port, a load balancer, an Ingress or a Gateway.",
            "Service: publishing Services"),
        PathHopKind.ClientPod => new(
            "A Pod of the cluster sends the request. Every Pod has its own address and reaches every other Pod without translation. Because Pods come and go, it calls a Service instead.",
            Networking),
        PathHopKind.ClientNode => new("A process on a node sends the request, through the same rules as Pods do.", Networking),
        PathHopKind.Dns => new(
            $"The cluster's DNS server knows every Service by name. {Answer(hops.ElementAtOrDefault(place + 1)?.Kind)} An answer in the client's cache costs no time.", Names),
        PathHopKind.ClusterIP => new(
            "The address of the Service is virtual: no machine has it. On every node, kube-proxy watches Services and EndpointSlices and keeps rules that match packets to this address.",
            Virtual),
        PathHopKind.LoadBalancer => new(
            "A load balancer outside the cluster. The cloud sets one up for each Service of type LoadBalancer; it sends every connection to a node that passes its health check.",
            "Service: type LoadBalancer"),
        PathHopKind.NodePort => new("A node port. Every node listens on this port for the Service, whether or not one of its Pods runs there.", "Service: type NodePort"),
        PathHopKind.ServiceNode => new(
            "A node of the cluster. Traffic for the Service's address arrives here, whether or not one of its Pods runs on it.", "Service: type NodePort"),
        PathHopKind.Dnat => new($"The node's rules choose one endpoint of the Service and write its address into the destination (DNAT). {Tracking} {Mode(proxyMode, workload)}", Virtual),
        PathHopKind.LocalDnat => new(
            "Under externalTrafficPolicy: Local the node's rules choose among the endpoints on this node, write the chosen address into the destination (DNAT), " +
            $"and leave the source as it is. {Tracking} {Mode(proxyMode, workload)}", Virtual),
        PathHopKind.DnatAndSnat => new(
            "The node's rules choose one endpoint of the Service and write its address into the destination (DNAT). It may be on another node: the rules replace the source " +
            "by this node's address (SNAT), so that the reply comes back here. The Pod does not see the client's address; externalTrafficPolicy: Local would keep that. " +
            Mode(proxyMode, workload), Virtual),
        PathHopKind.Router => new(
            "A Pod of an Ingress controller or a Gateway: a proxy that reads HTTP. It ends the connection, chooses a Service by host name and path, and sends the request on " +
            "over a connection of its own.", "Ingress; Gateway API"),
        PathHopKind.Endpoint => new(
            "An endpoint of the Service: a ready Pod that its selector matches. It works on a limited number of requests at a time; further ones wait.", "EndpointSlices"),
        PathHopKind.HeadlessEndpoint => new(
            "A headless Service (clusterIP: None) has no virtual address. The client took the address of this Pod from the answer of DNS, so no rule translates anything, " +
            "and the client itself balances the load.", "Headless Services"),
        PathHopKind.Cname => new(
            "A Service of type ExternalName has neither Pods nor an address: DNS answers with another name (a CNAME record), and the client looks that one up. kube-proxy is not involved.",
            "Service: type ExternalName"),
        PathHopKind.ExternalHost => new("A host outside the cluster works on the request and answers it.", ""),
        PathHopKind.Address => new("The address that the request is sent to.", ""),
        PathHopKind.Nowhere => new("The name has no address, so the request fails.", Names),
        PathHopKind.Unknown => new("The results are from a version of the simulator that did not record what this hop is.", ""),
        _ => throw new UnreachableException($"hop {hops[place]}"),
    };

    private const string Tracking = "Connection tracking keeps this choice until the connection ends.";

    private static string Answer(PathHopKind? next) => next switch
    {
        PathHopKind.HeadlessEndpoint => "This Service is headless, so it answers with the addresses of its ready Pods.",
        PathHopKind.Cname => "For this one it answers with another name.",
        PathHopKind.Nowhere => "It has no address for this one.",
        _ => "For this one it answers with the cluster IP.",
    };

    private static string Mode(string proxyMode, WorkloadResult workload) => proxyMode.Split(' ')[0] switch
    {
        "iptables" => "In kube-proxy's iptables mode a new connection is compared with one rule after the other" +
            (workload.RulesPerConnection > 0 ? $", {Format.Digits(workload.RulesPerConnection)} of them here on average" : "") +
            "; without session affinity the choice is random.",
        "ipvs" => "In kube-proxy's IPVS mode the kernel finds the Service in a hash table, however many there are, and its scheduler chooses.",
        "nftables" => "In kube-proxy's nftables mode a map leads straight to the Service, however many there are; without session affinity the choice is random.",
        _ => "",
    };
}
