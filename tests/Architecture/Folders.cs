using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KubeNetSim.Tests.Architecture;

/// <summary>The folders of a project, and the arrows between them: from the folder of a type to the folders of the types that it uses.</summary>
internal sealed partial class Folders
{
    private readonly Dictionary<string, SortedSet<string>> _arrows = [];
    private readonly Dictionary<(string From, string To), string> _reasons = [];

    public Folders(string project)
    {
        Dictionary<string, string> folders = FoldersOfTypes(project);
        foreach ((Type user, Type used) in TypeUses.In(AssemblyOf(project)))
        {
            if (folders.TryGetValue(Key(user), out string? from) && folders.TryGetValue(Key(used), out string? to) && from != to)
                Add(from, to, $"{user.Name} uses {used.Name}");
        }
    }

    /// <summary>Each set of folders that reach each other, by name: empty where all arrows go one way.</summary>
    public IReadOnlyList<string> Circles() => [.. _arrows.Keys
        .Select(folder => string.Join(", ", Reachable(folder).Where(other => Reachable(other).Contains(folder))))
        .Where(circle => circle.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>One pair of types for each arrow between the folders of <paramref name="circle"/>.</summary>
    public string Explain(string circle)
    {
        string[] members = circle.Split(", ");
        return string.Join('\n', _reasons.Where(arrow => members.Contains(arrow.Key.From) && members.Contains(arrow.Key.To))
            .Select(arrow => $"{arrow.Key.From} -> {arrow.Key.To}: {arrow.Value}").Order(StringComparer.Ordinal));
    }

    private void Add(string from, string to, string reason)
    {
        if (!_arrows.TryGetValue(from, out SortedSet<string>? targets))
            _arrows[from] = targets = new(StringComparer.Ordinal);
        targets.Add(to);
        _reasons.TryAdd((from, to), reason);
    }

    private SortedSet<string> Reachable(string folder)
    {
        SortedSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new([folder]);
        while (open.TryPop(out string? next))
            foreach (string target in _arrows.GetValueOrDefault(next) ?? [])
                if (reached.Add(target))
                    open.Push(target);
        return reached;
    }

    private static Assembly AssemblyOf(string project)
    {
        string file = Directory.EnumerateFiles(RepositoryRoot.Combine(project), "*.csproj").Single();
        return Assembly.Load(XDocument.Load(file).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileName(project));
    }

    private static string Key(Type type) => $"{type.Namespace}.{type.Name.Split('`')[0]}";

    // A partial type belongs to the folder of the first of its files.
    private static Dictionary<string, string> FoldersOfTypes(string project)
    {
        Dictionary<string, string> folders = [];
        foreach (string file in SourceFiles.Of(project))
        {
            string text = File.ReadAllText(RepositoryRoot.Combine(file));
            string folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!).Replace('\\', '/');
            string space = Namespace().Match(text).Groups[1].Value;
            foreach (Match type in Declaration().Matches(text))
                folders.TryAdd($"{space}.{type.Groups[1].Value}", folder);
        }
        return folders;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^[a-z][a-z ]*\b(?:class|struct|record|interface|enum|record struct|record class) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
