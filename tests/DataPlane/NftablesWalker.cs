namespace KubeNetSim.Tests.DataPlane;

/// <summary>
/// Reads the nftables table that would be loaded, as text, and takes a packet through its chains as the kernel does, hook by hook. Slow
/// and obvious, and knows nothing of Services.
/// </summary>
internal sealed class NftablesWalker
{
    private readonly Dictionary<IpFamily, NftablesTable> _tables;
    private readonly NodeAddresses _own;

    public NftablesWalker(NodeSnapshot snapshot)
    {
        string[] listing = [.. RuleListing.Of(snapshot)];
        _tables = Enum.GetValues<IpFamily>().ToDictionary(family => family, family => NftablesTable.Read(listing, family));
        _own = snapshot.Node.Addresses;
    }

    public IReadOnlyList<Fate> Walk(Packet packet)
    {
        bool sent = packet.From == PacketSource.Node;
        List<Trip> trips = [new Trip(packet)];
        foreach (string hook in sent ? (string[])["filter-output-pre-dnat", "nat-output", "filter-output"] : ["filter-prerouting-pre-dnat", "nat-prerouting"])
            trips = [.. trips.SelectMany(trip => At(hook, trip))];
        return [.. trips.SelectMany(trip => Received(trip, sent)).Select(FateOf)];
    }

    private List<Trip> Received(Trip trip, bool sent) =>
        trip.Endpoint.Length == 0 && _own.IsOwn(trip.Packet.Destination) ? At("filter-input", trip)
        : sent ? [trip]
        : At("filter-forward", trip);

    private static Fate FateOf(Trip trip) => trip.End switch
    {
        "drop" => new Fate(Verdict.Drop, "", false, 0, 0, trip.Lookups),
        "reject" => new Fate(Verdict.Reject, "", false, 0, 0, trip.Lookups),
        _ => new Fate(trip.Endpoint.Length > 0 ? Verdict.Forward : Verdict.PassThrough, trip.Endpoint, trip.Marked, 0, 0, trip.Lookups),
    };

    // Of the look-ups that every new connection makes in the filter hooks, only the one that ends it counts.
    private List<Trip> At(string hook, Trip trip)
    {
        if (IsOver(trip))
            return [trip];
        List<Trip> after = Run(hook, trip with { End = null });
        return hook.StartsWith("nat", StringComparison.Ordinal) ? after : [.. after.Select(at => at with { Lookups = trip.Lookups + (IsOver(at) ? 1 : 0) })];
    }

    private static bool IsOver(Trip trip) => trip.End is "drop" or "reject";

    // "goto" does not come back: what falls off the end of the other chain has ended this one too.
    private List<Trip> Run(string chain, Trip trip)
    {
        List<Trip> done = [];
        List<Trip> here = [trip];
        foreach (string rule in Table(trip).Chain(chain))
        {
            List<Trip> next = [];
            foreach (Trip at in here)
                foreach (Trip after in Apply(rule, at))
                    (after.End is null ? next : done).Add(after);
            here = next;
        }
        return [.. done.Select(ended => ended.End == "return" ? ended with { End = null } : ended), .. here];
    }

    private IEnumerable<Trip> Apply(string rule, Trip trip)
    {
        string[] words = rule.Split(" comment ")[0].Replace("\"", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int verdict = Matched(words, ref trip);
        return verdict < 0 ? [trip] : Do(words[verdict..], trip);
    }

    private IEnumerable<Trip> Do(string[] action, Trip trip) => action switch
    {
        ["jump", { } chain, ..] => Run(chain, trip),
        ["goto", { } chain, ..] => Run(chain, trip).Select(after => after.End is null ? after with { End = "return" } : after),
        ["drop" or "reject", ..] => [trip with { End = action[0] }],
        ["dnat", "to", { } endpoint] => [trip with { Endpoint = endpoint, End = "accept" }],
        ["meta", "mark", "set", ..] => [trip with { Marked = true }],
        ["numgen", "random", "mod", ..] => string.Join(' ', action[6..^1]).Split(',').SelectMany(each => Do(each.Split(" : ")[1].Split(' '), trip.AfterLookup)),
        ["vmap", { } map] => Element(map, trip) is { } found ? Do(found.Split(' '), trip.AfterLookup) : [trip.AfterLookup],
        ["update", ..] => [trip],
        _ => throw new InvalidOperationException(string.Join(' ', action)),
    };

    // The place where the action begins, or -1 where the rule does not match.
    private int Matched(string[] words, ref Trip trip)
    {
        int i = 0;
        while (i < words.Length)
        {
            if ((words[i], words.ElementAtOrDefault(i + 1)) == ("fib", "daddr") || words.ElementAtOrDefault(i + 2) is ['@', ..])
                trip = trip.AfterLookup;
            (bool Holds, int Words)? match = (words[i], words.ElementAtOrDefault(i + 1)) switch
            {
                ("ct", "state") => (true, 3),
                ("iifname", "!=") => (!IsPods(words[i + 2], trip), 3),
                ("iifname", { } name) => (IsPods(name, trip), 2),
                ("fib", "daddr") => (trip.Destination is { } to && _own.IsOwn(to), 4),
                ("fib", "saddr") => (_own.IsOwn(trip.Packet.Source), 4),
                ("ip" or "ip6", "daddr") when words[i + 2] == "." => (true, Array.IndexOf(words, "vmap") - i),
                ("meta", "l4proto") when words[i + 2] == "." => (true, Array.IndexOf(words, "vmap") - i),
                ("meta", "l4proto") => (Is(words[i + 2], trip.Packet.Protocol), 3),
                ("ip" or "ip6", "daddr") => Address(Table(trip), words, i + 2, trip.Destination),
                ("ip" or "ip6", "saddr") => Address(Table(trip), words, i + 2, trip.Packet.Source),
                _ => null,
            };
            if (match is not { } found)
                return i;
            if (!found.Holds)
                return -1;
            i += found.Words;
        }
        return i;
    }

    private static (bool Holds, int Words) Address(NftablesTable table, string[] words, int i, IpAddress? address)
    {
        bool negated = words[i] == "!=";
        int at = negated ? i + 1 : i;
        int end = words[at] == "{" ? Array.IndexOf(words, "}", at) : at;
        IEnumerable<string> blocks = words[at].StartsWith('@') ? table.Elements(words[at][1..])
            : words[at] == "{" ? words[(at + 1)..end].Select(word => word.TrimEnd(','))
            : [words[at]];
        bool holds = address is { } known && blocks.Any(block => Block(block).Contains(known));
        return (holds != negated, end + 1 - i + 2);
    }

    private string? Element(string map, Trip trip)
    {
        if (trip.Destination is not { } destination)
            return null;
        string key = $"{trip.Packet.Protocol.ToString().ToLowerInvariant()} . {trip.Packet.DestinationPort}";
        if (!map.Contains("nodeport", StringComparison.Ordinal))
            key = $"{destination} . {key}";
        return Table(trip).Elements(map[1..]).FirstOrDefault(line => line.StartsWith(key + " ", StringComparison.Ordinal))?.Split(" : ")[^1];
    }

    private NftablesTable Table(Trip trip) => _tables[trip.Packet.Destination.Family];

    private static bool IsPods(string link, Trip trip) => trip.Packet.From == PacketSource.Pod && link is ("cni0" or "veth*");

    private static bool Is(string word, Protocol protocol) => word.Equals(protocol.ToString(), StringComparison.OrdinalIgnoreCase);

    private static Cidr Block(string text) => text.Contains('/') ? Cidr.Parse(text) : new Cidr(IpAddress.Parse(text), text.Contains(':') ? 128 : 32);

    private sealed record Trip(Packet Packet, string Endpoint = "", bool Marked = false, string? End = null, int Lookups = 0)
    {
        public Trip AfterLookup => this with { Lookups = Lookups + 1 };

        /// <summary>Where the packet goes now; null for an endpoint, which no rule of the filter hooks names.</summary>
        public IpAddress? Destination => Endpoint.Length == 0 ? Packet.Destination : null;
    }
}
