using NUnit.Framework;

namespace KubeNetSim.Tests.Kernel;

/// <summary>
/// Asks the kernel what the router was asked, and compares: who is reached, whether everybody is who may be, in equal shares, with which
/// source address, and who is refused or left waiting.
/// </summary>
internal sealed class Judge(Lab lab, NodeSnapshot snapshot) : IDisposable
{
    // Enough that one of six endpoints is missed less than once in ten million packets: 6 (5/6)^120.
    private const int Connections = 120;

    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(10);

    // A SYN is sent again after a second, should its refusal have come while the kernel was still busy sending it.
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(0.3);

    private readonly Dictionary<(Place, Protocol), Witness> _witnesses = [];
    private readonly Dialer _dialer = new(lab);

    /// <summary>Puts a server at every endpoint of a cluster, usable or not.</summary>
    public void ListenAtEndpoints(Cluster cluster)
    {
        foreach (EndpointSlice slice in cluster.EndpointSlices)
            foreach (Endpoint endpoint in slice.Endpoints)
                foreach (EndpointPort port in slice.Ports)
                    Listen(new Place(endpoint.Addresses[0], port.Port!.Value), port.Protocol);
    }

    /// <summary>Puts a server where a packet arrives that no rule touches.</summary>
    public void Listen(Place place, Protocol protocol)
    {
        // The kernel may be built without SCTP.
        if (protocol != Protocol.SCTP && !_witnesses.ContainsKey((place, protocol)))
            _witnesses.Add((place, protocol), new Witness(lab.At(place.Address), place.Address, place.Port, protocol));
    }

    /// <summary>Sends each packet many times and compares what becomes of it; those that wait for an answer in vain do so together.</summary>
    /// <param name="packets">The packets; their source ports are chosen anew each time.</param>
    /// <param name="connections">How many connections are opened where several endpoints may be reached.</param>
    public async Task CompareAll(IEnumerable<Packet> packets, int connections = Connections)
    {
        List<Task> waiting = [];
        foreach (Packet packet in packets)
            if (snapshot.Decide(packet).Verdict is Verdict.Reject or Verdict.Drop)
                waiting.Add(Compare(packet, connections));
            else
                await Compare(packet, connections);
        await Task.WhenAll(waiting);
    }

    private async Task Compare(Packet packet, int connections)
    {
        Decision decision = snapshot.Decide(packet);
        HashSet<Outcome> expected = [.. Expected(decision, packet)];
        bool isRandom = expected.Count > 1 && decision.AffinityTimeoutNs == 0;
        TimeSpan patience = decision.Verdict switch { Verdict.Drop => Silent, Verdict.Reject => Refused, _ => Answered };
        Outcome[] outcomes = await _dialer.Dial(packet.Source, new Place(packet.Destination, packet.DestinationPort), packet.Protocol, isRandom ? connections : 3, patience);

        string context = $"{packet}: {decision.Verdict}, {decision.Reason}";
        Assert.That(outcomes.Distinct(), Is.SubsetOf(expected), context);
        if (!isRandom)
            Assert.That(outcomes.Distinct().Count(), Is.EqualTo(1), context);
        else
            Assert.That(Shares.AreEqual(expected.Select(each => outcomes.Count(outcome => outcome == each))), Is.True, context);
    }

    public void Dispose()
    {
        foreach (Witness witness in _witnesses.Values)
            witness.Dispose();
    }

    private static IEnumerable<Outcome> Expected(Decision decision, Packet packet) => decision.Verdict switch
    {
        Verdict.Forward => decision.Endpoints.ToList().Select((endpoint, i) => new Outcome(
            endpoint.ToString(),
            (decision.IsMasqueraded(packet, i) ? Lab.Gateways[(int)packet.Source.Family] : packet.Source).ToString())),
        Verdict.Reject => [Outcome.Refused],
        Verdict.Drop => [Outcome.Silence],
        _ => [new Outcome(new Place(packet.Destination, packet.DestinationPort).ToString(), packet.Source.ToString())],
    };
}
