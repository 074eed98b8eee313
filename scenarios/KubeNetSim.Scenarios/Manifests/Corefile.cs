using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>A plugin of a server block, as written (coredns.io/manual/configuration).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What follows on its line.</param>
/// <param name="Options">The lines between its braces, in words.</param>
internal sealed record CorefilePlugin(string Name, ImmutableArray<string> Arguments, ImmutableArray<ImmutableArray<string>> Options)
{
    /// <summary>The words after an option's name; null where it is not written.</summary>
    public ImmutableArray<string>? Option(params ReadOnlySpan<string> words)
    {
        foreach (ImmutableArray<string> option in Options)
            if (option.AsSpan().StartsWith(words))
                return option[words.Length..];
        return null;
    }
}

/// <summary>A server block: the zones that it answers for, without ports, and its plugins.</summary>
/// <param name="Zones">Its zones, each without the trailing dot; empty for the root.</param>
/// <param name="Plugins">Its plugins.</param>
internal sealed record CorefileBlock(ImmutableArray<string> Zones, ImmutableArray<CorefilePlugin> Plugins)
{
    /// <summary>A plugin; null where the block has none of this name.</summary>
    public CorefilePlugin? Plugin(string name) => Plugins.FirstOrDefault(plugin => plugin.Name == name);

    /// <summary>Reads the server blocks of a Corefile. What has another shape is left out, since CoreDNS reads it, and not we.</summary>
    public static ImmutableArray<CorefileBlock> Parse(string text)
    {
        ImmutableArray<CorefileBlock>.Builder blocks = ImmutableArray.CreateBuilder<CorefileBlock>();
        List<CorefilePlugin> plugins = [];
        List<ImmutableArray<string>> options = [];
        string[] zones = [];
        string[] plugin = [];
        int depth = 0;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            bool opens = words is [.., "{"];
            if (words.Length == 0)
                continue;
            if (words is ["}"])
            {
                depth--;
                if (depth == 1 && plugin.Length > 0)
                    plugins.Add(new CorefilePlugin(plugin[0], [.. plugin[1..]], [.. options]));
                else if (depth == 0)
                    blocks.Add(new CorefileBlock([.. zones.Select(ZoneOf)], [.. plugins]));
                if (depth < 0)
                    break;
                continue;
            }
            string[] named = opens ? words[..^1] : words;
            if (depth == 0)
            {
                zones = named;
                plugins.Clear();
            }
            else if (depth == 1 && opens && named.Length > 0)
            {
                plugin = named;
                options.Clear();
            }
            else if (depth == 1 && named.Length > 0)
                plugins.Add(new CorefilePlugin(named[0], [.. named[1..]], []));
            else if (depth == 2)
                options.Add([.. named]);
            if (opens)
                depth++;
        }
        return blocks.ToImmutable();
    }

    // dns://cluster.local.:53, for example.
    private static string ZoneOf(string written)
    {
        string zone = written.TrimEnd(',');
        int scheme = zone.IndexOf("://", StringComparison.Ordinal);
        zone = scheme < 0 ? zone : zone[(scheme + 3)..];
        int port = zone.LastIndexOf(':');
        return (port < 0 ? zone : zone[..port]).TrimEnd('.');
    }
}
