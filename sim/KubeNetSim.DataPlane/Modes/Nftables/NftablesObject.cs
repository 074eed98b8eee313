using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>A set, map or chain of an nftables table.</summary>
/// <param name="Kind">set, map or chain.</param>
/// <param name="Name">Name.</param>
/// <param name="Header">Type of its elements, or hook and priority; empty for a chain that others jump to.</param>
/// <param name="Lines">Its elements or rules.</param>
internal sealed record NftablesObject(string Kind, string Name, string Header, ImmutableArray<string> Lines)
{
    public static NftablesObject Chain(string name, params IEnumerable<string> rules) => new("chain", name, "", [.. rules]);

    /// <summary>As <c>nft list table</c> writes it, with tabs.</summary>
    public IEnumerable<string> Print()
    {
        yield return $"\t{Kind} {Name} {{";
        if (Header.Length > 0)
            yield return $"\t\t{Header}";
        if (Kind == "chain")
            foreach (string rule in Lines)
                yield return $"\t\t{rule}";
        else if (!Lines.IsEmpty)
            yield return $"\t\telements = {{ {string.Join(",\n\t\t\t     ", Lines)} }}";
        yield return "\t}";
    }
}
