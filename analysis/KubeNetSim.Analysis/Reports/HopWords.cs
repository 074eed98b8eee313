using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>What a hop is and does, for somebody who meets it for the first time.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Meaning">What happens there.</param>
/// <param name="Concept">Under which title the Kubernetes documentation explains it; empty where it does not.</param>
internal sealed record HopWords(HopKind Kind, string Meaning, string Concept)
{
    private const string Virtual = "Virtual IPs and Service Proxies";

    /// <summary>Words for a hop of a path.</summary>
    /// <param name="path">Names of all hops, in order.</param>
    /// <param name="place">Which of them.</param>
    /// <param name="workload">Whose path it is.</param>
    /// <param name="proxyMode">How kube-proxy works, as results name it.</param>
    public static HopWords Of(string[] path, int place, WorkloadResult workload, string proxyMode)
    {
        string name = path[place];
        bool isFirst = place == 0;
        return name switch
        {
            "client" => new(HopKind.Client,
                "Somebody outside the cluster. A cluster can be reached from there only where it is published: at a node port, a load balancer, an Ingress or a Gateway.",
                "Service: publishing Services"),
            "pod" when isFirst => new(HopKind.Pod,
                "A Pod of the cluster sends the request. Every Pod has an address of its own and reaches every other Pod without translation; what it should talk to, though, is a Service, because Pods come and go.",
                "Services, Load Balancing, and Networking"),
            "node" when isFirst => new(HopKind.Node, "A process on a node sends the request, through the same rules as Pods do.", "Services, Load Balancing, and Networking"),
            "DNS" => new(HopKind.Dns,
                $"The cluster's DNS server knows every Service by name. {Answer(path, place)} An answer that the client still remembers costs nothing.",
                "DNS for Services and Pods"),
            "cluster IP" => new(HopKind.VirtualAddress,
                "The address of the Service is virtual: no machine has it. On every node, kube-proxy watches Services and EndpointSlices and keeps rules that catch what is sent there.",
                Virtual),
            _ when Way.IsLoadBalancer(name) => new(HopKind.LoadBalancer,
                "A load balancer outside the cluster. The cloud sets one up for each Service of type LoadBalancer; it hands every connection to a node that passes its health check.",
                "Service: type LoadBalancer"),
            _ when name.StartsWith("node", StringComparison.Ordinal) => new(HopKind.Node, AtNode(name), "Service: type NodePort"),
            _ when Way.IsTranslation(name) => new(HopKind.Rules, $"{Translation(name, path[^1])} {Mode(proxyMode, workload)}", Virtual),
            _ when IsProxy(name) => new(HopKind.Proxy,
                "A proxy that reads HTTP: it ends the connection, chooses a Service by host name and path, and sends the request on over a connection of its own.",
                name.Contains("gateway", StringComparison.OrdinalIgnoreCase) ? "Gateway API" : "Ingress"),
            _ when name.StartsWith("CNAME", StringComparison.Ordinal) => new(HopKind.OtherName,
                "A Service of type ExternalName has neither Pods nor an address: DNS answers with another name (a CNAME record), and the client looks that one up. kube-proxy has no part in it.",
                "Service: type ExternalName"),
            "external host" => new(HopKind.OutsideHost, "A host outside the cluster works on the request and answers it.", ""),
            "pod, directly" => new(HopKind.Pod,
                "A headless Service (clusterIP: None) has no virtual address. The client took the address of this Pod from the answer of DNS, so no rule has to translate anything, and the client itself does the balancing.",
                "Headless Services"),
            _ when name.StartsWith("pod", StringComparison.Ordinal) => new(HopKind.Pod,
                "An endpoint of the Service: a Pod that its selector matches and that is ready. It works on some requests at a time; when all its places are taken, further ones wait.",
                "EndpointSlices"),
            "nowhere" => new(HopKind.OutsideHost, "The name leads to no address, so the request fails.", "DNS for Services and Pods"),
            _ => new(HopKind.OutsideHost, "The address that the request is sent to.", ""),
        };
    }

    private static bool IsProxy(string name) =>
        name.Contains("ingress", StringComparison.OrdinalIgnoreCase) || name.Contains("gateway", StringComparison.OrdinalIgnoreCase);

    private static string Answer(string[] path, int place) => path.ElementAtOrDefault(place + 1) switch
    {
        "pod, directly" => "This Service is headless, so it answers with the addresses of its ready Pods.",
        string next when next.StartsWith("CNAME", StringComparison.Ordinal) => "For this one it answers with another name.",
        _ => "For this one it answers with the cluster IP.",
    };

    private static string AtNode(string name) => name.Contains(':')
        ? "A node port. Every node listens on this port for the Service, whether or not one of its Pods runs there."
        : "A node of the cluster. Traffic for the Service's address arrives here, whether or not one of its Pods runs on it.";

    private static string Translation(string name, string last)
    {
        if (name.Contains("SNAT", StringComparison.Ordinal))
            return "The node's rules choose one endpoint of the Service and put its address in the place of the destination (DNAT). It may be on another node: the source becomes this " +
                "node's address (SNAT), so that the answer comes back here. The Pod does not see who asked; externalTrafficPolicy: Local would keep that.";
        string chosen = last.Contains("that node", StringComparison.Ordinal)
            ? "Under externalTrafficPolicy: Local the node's rules choose among the endpoints on this very node, put the chosen one's address in the place of the destination (DNAT), and leave the source as it is."
            : "The node's rules choose one endpoint of the Service and put its address in the place of the destination (DNAT).";
        return chosen + " Connection tracking remembers the choice for as long as the connection lasts.";
    }

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
