using System.Globalization;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>
/// Reads the rules that would be programmed, as text, and takes a packet through them as the kernel does: chain by chain, rule by rule,
/// along every branch that a random match leaves open. Slow and obvious, and knows nothing of Services.
/// </summary>
internal sealed class IptablesWalker
{
    private static readonly HashSet<string> DispatchLists = ["KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL"];

    private readonly Dictionary<IpFamily, ILookup<(string Table, string Chain), string[]>> _chains;
    private readonly NodeAddresses _own;

    public IptablesWalker(NodeSnapshot snapshot)
    {
        string[] listing = [.. RuleListing.Of(snapshot)];
        _chains = Enum.GetValues<IpFamily>().ToDictionary(family => family, family => Read(listing, family));
        _own = snapshot.Node.Addresses;
    }

    public IReadOnlyList<Fate> Walk(Packet packet)
    {
        List<Fate> fates = [];
        Trip start = new("nat", packet, Marked: false, Dispatch: 0, Choice: 0);
        foreach (Trip trip in Run(start, packet.From == PacketSource.Node ? "OUTPUT" : "PREROUTING"))
            fates.Add(Filter(trip));
        return fates;
    }

    private Fate Filter(Trip trip)
    {
        trip = trip with { Table = "filter", Target = null };
        bool translated = trip.Endpoint.Length > 0;
        bool isForNode = !translated && _own.IsOwn(trip.Packet.Destination);
        string[] hooks = (trip.Packet.From, isForNode) switch
        {
            (PacketSource.Node, true) => ["OUTPUT", "INPUT"],
            (PacketSource.Node, false) => ["OUTPUT"],
            (_, true) => ["INPUT"],
            _ => ["FORWARD"],
        };
        foreach (string hook in hooks)
        {
            trip = Run(trip, hook).Single();
            Verdict? ended = trip.Target switch { "REJECT" => Verdict.Reject, "DROP" => Verdict.Drop, "ACCEPT" when !translated && !trip.Marked => Verdict.Accept, _ => null };
            if (ended is { } verdict)
                return new Fate(verdict, "", false, trip.Dispatch, trip.Choice);
            trip = trip with { Target = null };
        }
        return new Fate(translated ? Verdict.Forward : Verdict.PassThrough, trip.Endpoint, trip.Marked, trip.Dispatch, trip.Choice);
    }

    // Every way through a chain: those that ended with a target, and those that fell off its end (no target).
    private List<Trip> Run(Trip trip, string chain)
    {
        List<Trip> done = [];
        List<Trip> here = [trip];
        foreach (string[] rule in _chains[trip.Packet.Destination.Family][(trip.Table, chain)])
        {
            List<Trip> next = [];
            foreach (Trip at in here)
                foreach (Trip after in Apply(Counted(at, chain, rule), rule))
                    (after.Target is null ? next : done).Add(after);
            here = next;
        }
        return [.. done, .. here];
    }

    private static Trip Counted(Trip trip, string chain, string[] rule)
    {
        if (DispatchLists.Contains(chain) && !rule.Contains("health"))
            return trip with { Dispatch = trip.Dispatch + 1 };
        bool isChoice = (chain.StartsWith("KUBE-SVC-", StringComparison.Ordinal) || chain.StartsWith("KUBE-SVL-", StringComparison.Ordinal))
            && !rule.Contains("KUBE-MARK-MASQ");
        return isChoice ? trip with { Choice = trip.Choice + 1 } : trip;
    }

    private IEnumerable<Trip> Apply(Trip trip, string[] rule)
    {
        if (!Matches(trip, rule))
            return [trip];
        bool mayAlsoNotMatch = rule.Contains("--probability");
        IEnumerable<Trip> taken = Word(rule, "-j") switch
        {
            null => [trip],
            "DNAT" => [trip with { Target = "DNAT", Endpoint = Word(rule, "--to-destination")! }],
            "MARK" => [trip with { Marked = true }],
            "ACCEPT" or "DROP" or "REJECT" or "RETURN" => [trip with { Target = Word(rule, "-j") }],
            { } chain => Run(trip, chain),
        };
        return mayAlsoNotMatch ? taken.Append(trip) : taken;
    }

    private bool Matches(Trip trip, string[] rule)
    {
        for (int i = 0; i < rule.Length; i++)
        {
            bool negated = rule[i] == "!";
            if (negated)
                i++;
            string value = i + 1 < rule.Length ? rule[i + 1] : "";
            bool? holds = rule[i] switch
            {
                "-p" => value.Equals(trip.Packet.Protocol.ToString(), StringComparison.OrdinalIgnoreCase),
                "-i" => trip.Packet.From == PacketSource.Pod && value is ("cni0" or "veth+"),
                "-s" => Block(value).Contains(trip.Packet.Source),
                "-d" => trip.Endpoint.Length == 0 ? Block(value).Contains(trip.Packet.Destination) : trip.Endpoint.StartsWith(value, StringComparison.Ordinal),
                "--dport" => trip.Endpoint.Length == 0 && value == trip.Packet.DestinationPort.ToString(CultureInfo.InvariantCulture),
                "--src-type" => _own.IsOwn(trip.Packet.Source),
                "--dst-type" => trip.Endpoint.Length == 0 && _own.IsOwn(trip.Packet.Destination),
                "--ctstate" => value == "NEW",
                "--mark" => trip.Marked,
                "--rcheck" => false,
                _ => null,
            };
            if (holds == negated)
                return false;
        }
        return true;
    }

    private static Cidr Block(string text) => text.Contains('/') ? Cidr.Parse(text) : new Cidr(IpAddress.Parse(text), text.Contains(':') ? 128 : 32);

    private static string? Word(string[] rule, string option)
    {
        int place = Array.IndexOf(rule, option);
        return place < 0 ? null : rule[place + 1];
    }

    // As the restore program of the family reads it: what is marked for the other one is passed over.
    private static ILookup<(string Table, string Chain), string[]> Read(string[] listing, IpFamily family)
    {
        (string mark, string other) = family == IpFamily.IPv4 ? ("-4", "-6") : ("-6", "-4");
        bool isForOther = listing[0].Contains(family == IpFamily.IPv4 ? "# ip6tables" : "# iptables", StringComparison.Ordinal) && !listing[0].Contains("and", StringComparison.Ordinal);
        List<(string Table, string[] Words)> rules = [];
        string table = "";
        foreach (string line in isForOther ? [] : listing)
            if (line.StartsWith('*'))
                table = line[1..];
            else if (line.StartsWith("-A ", StringComparison.Ordinal) && Words(line) is var words && words[2] != other)
                rules.Add((table, words));
        return rules.ToLookup(rule => (rule.Table, rule.Words[1]), rule => rule.Words[(rule.Words[2] == mark ? 3 : 2)..]);
    }

    // Comments are left out, but for the word that tells health checks from node ports.
    private static string[] Words(string text)
    {
        string[] parts = text.Split('"');
        string outside = string.Concat(parts.Where((_, i) => i % 2 == 0));
        string[] words = outside.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return text.Contains("health check node port", StringComparison.Ordinal) ? [.. words, "health"] : words;
    }

    private sealed record Trip(string Table, Packet Packet, bool Marked, int Dispatch, int Choice, string Endpoint = "", string? Target = null);
}
