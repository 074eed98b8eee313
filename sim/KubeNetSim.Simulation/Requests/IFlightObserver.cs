using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Requests;

/// <summary>Is told what happens to requests on their way: a trace listens to one request, a count of ways to all of them.</summary>
internal interface IFlightObserver
{
    /// <summary>The client knows the name's addresses.</summary>
    void NameResolved(in Flight flight, long now);

    /// <summary>A load balancer sent it on.</summary>
    void PassedLoadBalancer(in Flight flight, in Hop next, long now);

    /// <summary>The rules of a node decided on it.</summary>
    void PassedNode(in Flight flight, in NodeStep step);

    /// <summary>The backend's own node let it in.</summary>
    void EnteredNode(in Flight flight, in NodeStep step);

    /// <summary>The pod of a router decided on it, and sends it on at this time.</summary>
    void Routed(in Flight flight, HttpDecision decision, int outcome, long now, long took);

    /// <summary>Its answer came back.</summary>
    void Completed(in Flight flight, long at, long queue, long service);

    /// <summary>An attempt failed.</summary>
    void Failed(in Flight flight, Failure failure, long at);
}

/// <summary>What a node did with the first packet of a connection.</summary>
/// <param name="Node">The node.</param>
/// <param name="Packet">The packet as its rules met it.</param>
/// <param name="Decision">What they decided.</param>
/// <param name="Choice">Which endpoint it chose, where it forwarded the packet.</param>
/// <param name="Work">What that took.</param>
/// <param name="Passage">How long that took.</param>
/// <param name="Next">Where it goes.</param>
/// <param name="At">When [ns].</param>
internal readonly record struct NodeStep(
    int Node, Packet Packet, Decision Decision, Choice Choice, Work Work, Passage Passage, Hop Next, long At);
