namespace KubeNetSim.Tests.DataPlane;

/// <summary>An nftables table as it is printed, taken apart: chains with their rules, sets and maps with their elements.</summary>
internal sealed class NftablesTable
{
    private readonly Dictionary<string, List<string>> _objects = [];

    /// <summary>Finds the table of a family in a listing; an empty one where there is none.</summary>
    public static NftablesTable Read(IEnumerable<string> listing, IpFamily family)
    {
        NftablesTable table = new();
        string first = $"table {(family == IpFamily.IPv4 ? "ip" : "ip6")} kube-proxy {{";
        List<string> lines = [];
        foreach (string line in listing.SkipWhile(line => line != first).Skip(1).TakeWhile(line => line != "}"))
            if (line.Split(' ') is ["\tset" or "\tmap" or "\tchain", { } name, "{"])
                table._objects.Add(name, lines = []);
            else if (line != "\t}")
                lines.Add(line.Trim());
        return table;
    }

    /// <summary>The rules of a chain; none where it is not there.</summary>
    public IEnumerable<string> Chain(string name) => LinesOf(name).Where(line => !line.StartsWith("type ", StringComparison.Ordinal));

    /// <summary>The elements of a set or map.</summary>
    public IEnumerable<string> Elements(string name) => LinesOf(name)
        .Where(line => !line.StartsWith("type ", StringComparison.Ordinal))
        .SelectMany(line => line.Split('\n'))
        .Select(line => line.Replace("elements = { ", "", StringComparison.Ordinal).Trim('}', ',', ' ', '\t'));

    private List<string> LinesOf(string name) => _objects.GetValueOrDefault(name) ?? [];
}
