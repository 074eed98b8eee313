namespace KubeNetSim.Simulation.Requests;

/// <summary>Gets notice of what happens to requests: a trace records one request, a counter of paths all of them.</summary>
internal interface IFlightObserver
{
    /// <summary>The client's resolver asks a server, or the cache of its node answers at once.</summary>
    void NameAsked(in Flight query, bool isKnownAtNode, long now)
    {
    }

    /// <summary>A pod of CoreDNS gets a query at one time, and answers it at another.</summary>
    void QueryServed(in Flight query, long arrival, long done)
    {
    }

    /// <summary>The answer is at the client; there is none where nothing was sent, or it is lost.</summary>
    void QueryAnswered(in Flight query, long now)
    {
    }

    /// <summary>The client knows the name's addresses.</summary>
    void NameResolved(in Flight flight, long now)
    {
    }

    /// <summary>A load balancer sent it on.</summary>
    void PassedLoadBalancer(in Flight flight, in Hop next, long now)
    {
    }

    /// <summary>The rules of a node decided on it.</summary>
    void PassedNode(in Flight flight, in NodeStep step)
    {
    }

    /// <summary>
    /// The path to the backend is known, and with it when each packet arrives. Jitter makes the times differ from those of the run.
    /// </summary>
    void FoundBackend(in Flight flight, in WireTimes times)
    {
    }

    /// <summary>The backend's own node let it in.</summary>
    void EnteredNode(in Flight flight, in NodeStep step)
    {
    }

    /// <summary>The pod of a router decided on it, and sends it on at this time.</summary>
    void Routed(in Flight flight, HttpDecision decision, int outcome, long now, long took)
    {
    }

    /// <summary>Its answer came back.</summary>
    void Completed(in Flight flight, long at, long queue, long service)
    {
    }

    /// <summary>An attempt failed.</summary>
    void Failed(in Flight flight, Failure failure, long at)
    {
    }
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
