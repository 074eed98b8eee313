namespace KubeNetSim.Tests.Kernel;

/// <summary>A part of the kernel that can hold kube-proxy's rules, with the programs that load what is printed.</summary>
/// <param name="Name">Name.</param>
/// <param name="Mode">kube-proxy's mode.</param>
/// <param name="Restore">Programs that read a listing of IPv4 and of IPv6.</param>
internal sealed record Backend(string Name, string Mode, string[] Restore)
{
    public static readonly Backend Legacy = new("iptables-legacy", ProxyModeNames.Iptables, ["iptables-legacy-restore", "ip6tables-legacy-restore"]);

    public static readonly Backend Nft = new("iptables-nft", ProxyModeNames.Iptables, ["iptables-nft-restore", "ip6tables-nft-restore"]);

    public static readonly Backend Nftables = new("nftables", ProxyModeNames.Nftables, ["nft"]);

    public static readonly Backend[] OfIptables = [Legacy, Nft];

    public static readonly Backend[] All = [.. OfIptables, Nftables];

    /// <summary>Replaces whatever rules the namespace has by those that are printed for a node.</summary>
    public void Load(NetworkNamespace node, NodeSnapshot snapshot)
    {
        Clear(node);
        Replace(node, snapshot);
    }

    /// <summary>Replaces the rules of a family in one step, as a sync of kube-proxy does in iptables mode: what stays keeps what it remembers.</summary>
    public void Replace(NetworkNamespace node, NodeSnapshot snapshot)
    {
        string listing = string.Join('\n', RuleListing.Of(snapshot)) + "\n";
        foreach (string program in Readers(listing))
            node.Command(program, Arguments(program), listing);
    }

    /// <summary>Removes all rules.</summary>
    public void Clear(NetworkNamespace node)
    {
        foreach (string program in Restore)
            node.Command(program, Arguments(program), Mode == ProxyModeNames.Nftables ? "flush ruleset\n" : "*nat\nCOMMIT\n*filter\nCOMMIT\n");
    }

    /// <summary>The programs that a listing is for, told by its first line.</summary>
    public IEnumerable<string> Readers(string listing)
    {
        string first = listing[..listing.IndexOf('\n', StringComparison.Ordinal)];
        return Mode == ProxyModeNames.Nftables ? Restore
            : [.. first.Contains(" iptables", StringComparison.Ordinal) ? Restore[..1] : [], .. first.Contains(" ip6tables", StringComparison.Ordinal) ? Restore[1..] : []];
    }

    public override string ToString() => Name;

    private static string Arguments(string program) => program == "nft" ? "-f -" : "";
}
