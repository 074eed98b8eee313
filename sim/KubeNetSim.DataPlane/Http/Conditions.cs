using System.Text.RegularExpressions;

namespace KubeNetSim.DataPlane.Http;

/// <summary>A condition on the path of a request.</summary>
public sealed class PathCondition
{
    /// <summary>Exact paths come before expressions, and these before prefixes.</summary>
    internal const int ExactKind = 3;

    private readonly PathMatch _match;
    private readonly string _trimmed;
    private readonly Regex? _expression;

    internal PathCondition(PathMatch match)
    {
        _match = match;
        _trimmed = match.Value.TrimEnd('/');
        _expression = match.Type == PathMatchType.RegularExpression ? Expressions.Whole(match.Value) : null;
    }

    /// <summary>The part of the path that it names, for filters that replace it.</summary>
    public string Value => _match.Value;

    internal int Kind => _match.Type switch { PathMatchType.Exact => ExactKind, PathMatchType.RegularExpression => 2, _ => 1 };

    /// <summary>Whether a path meets it. Prefixes are compared element by element, and a slash at their end does not count.</summary>
    public bool Holds(string path) => _match.Type switch
    {
        PathMatchType.Exact => path == _match.Value,
        PathMatchType.RegularExpression => _expression!.IsMatch(path),
        _ => path.StartsWith(_trimmed, StringComparison.Ordinal) && (path.Length == _trimmed.Length || path[_trimmed.Length] == '/'),
    };

    /// <inheritdoc/>
    public override string ToString() => _match.Type switch
    {
        PathMatchType.Exact => $"exactly {_match.Value}",
        PathMatchType.RegularExpression => $"like {_match.Value}",
        _ => $"{_trimmed}/...",
    };
}

/// <summary>A condition on a header or a query parameter.</summary>
public sealed class ValueCondition
{
    private readonly NamedMatch _match;
    private readonly Regex? _expression;

    internal ValueCondition(NamedMatch match)
    {
        _match = match;
        _expression = match.IsExpression ? Expressions.Whole(match.Value) : null;
    }

    /// <summary>Name of the header or parameter.</summary>
    public string Name => _match.Name;

    /// <summary>The value that it must have, for messages.</summary>
    public string Expected => _match.IsExpression ? $"like {_match.Value}" : $"\"{_match.Value}\"";

    /// <summary>Whether a value meets it; a missing one does not.</summary>
    public bool Holds(string? value) => value is not null && (_expression?.IsMatch(value) ?? value == _match.Value);
}

/// <summary>Regular expressions of routes: they match the whole text, and take time in proportion to its length.</summary>
internal static class Expressions
{
    public static Regex Whole(string pattern) => new($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
