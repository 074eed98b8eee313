using System.Globalization;
using System.Text;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>The path of a request as a value. The values that runs count are among those that a trace calls possible.</summary>
/// <param name="SourceNode">The client's node; -1 outside.</param>
/// <param name="ViaLoadBalancer">Whether a load balancer's machine sent it on.</param>
/// <param name="Node">The last node whose rules decided on it; -1 where it met none.</param>
/// <param name="Backend">Where it ended; -1 where nowhere.</param>
/// <param name="Masqueraded">Whether the backend sees another address than the client's.</param>
/// <param name="Relayed">Whether the pod of a router sent it on.</param>
/// <param name="Failure">Why it ended nowhere; null where it did not.</param>
internal readonly record struct RequestPath(int SourceNode, bool ViaLoadBalancer, int Node, int Backend, bool Masqueraded, bool Relayed, Failure? Failure)
{
    /// <summary>The path of a request that has ended.</summary>
    public static RequestPath Of(in Flight flight, Source source, Failure? failure) => new(
        source.Node, flight.ViaLoadBalancer, flight.Node, failure is null ? flight.Backend : Topology.None,
        failure is null && flight.Masqueraded, flight.Relayed, failure);

    /// <summary>Machines from the client to the backend.</summary>
    public string Describe(PreparedScenario prepared, BackendTable backends)
    {
        StringBuilder text = new(SourceNode < 0 ? "internet" : NameOf(prepared, SourceNode));
        if (ViaLoadBalancer)
            text.Append(" -> load balancer");
        if (Node >= 0 && Node != SourceNode)
            text.Append(CultureInfo.InvariantCulture, $" -> {NameOf(prepared, Node)}");
        if (Relayed)
            text.Append(" -> router");
        if (Failure is { } failure)
            return text.Append(CultureInfo.InvariantCulture, $" -> {failure}").ToString();
        int last = backends.NodeOf(Backend);
        if (last >= 0 && last != Node)
            text.Append(CultureInfo.InvariantCulture, $" -> {NameOf(prepared, last)}");
        text.Append(CultureInfo.InvariantCulture, $" -> {backends.Record(Backend, 0).Pod}");
        return text.Append(Masqueraded && !Relayed ? " (SNAT)" : "").ToString();
    }

    private static string NameOf(PreparedScenario prepared, int node) => prepared.Cluster.Nodes[node].Meta.Name;
}
