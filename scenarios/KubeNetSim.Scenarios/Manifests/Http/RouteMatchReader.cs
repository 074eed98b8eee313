using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads the matches of HTTPRoutes and GRPCRoutes (gateway-api apis/v1 HTTPRouteMatch, GRPCRouteMatch).</summary>
internal static partial class RouteMatchReader
{
    private const int MostValues = 16;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    public static RouteMatch ReadHttp(Fields match)
    {
        PathMatch? path = null;
        if (match.Mapping("path") is { } written)
        {
            path = new PathMatch(written.Word("type", Words.Of<PathMatchType>()) ?? PathMatchType.PathPrefix, written.Text("value") ?? "/");
            if (path.Type == PathMatchType.RegularExpression)
                CheckExpression(written, "value", path.Value);
            else
                CheckPath(written, path.Value);
        }
        string? method = match.Word("method", Methods);
        return new RouteMatch { Path = path, Method = method, Headers = Values(match, "headers"), QueryParams = Values(match, "queryParams") };
    }

    public static RouteMatch ReadGrpc(Fields match)
    {
        RouteMatch read = new() { Headers = Values(match, "headers") };
        if (match.Mapping("method") is not { } method)
            return read;
        bool isExpression = method.Word("type", "Exact", "RegularExpression") == "RegularExpression";
        GrpcMatch grpc = new(method.Text("service") is { Length: > 0 } service ? service : null, method.Text("method") is { Length: > 0 } name ? name : null, isExpression);
        if (grpc is { Service: null, Method: null })
            method.Error("required-field", "service", "A method match needs a service or a method");
        foreach ((string key, string? text) in new[] { ("service", grpc.Service), ("method", grpc.Method) })
            if (isExpression && text is not null)
                CheckExpression(method, key, text);
            else if (text?.Contains('/') == true)
                method.Error("invalid-name", key, $"\"{text}\" must not contain a slash: service and method are fields of their own");
        return read with { Grpc = grpc };
    }

    /// <summary>Names of headers as RFC 9110 5.6.2 has them (HTTPHeaderName).</summary>
    public static string HeaderName(Fields item)
    {
        string name = item.Required("name", "a name");
        if (name.Length > 0 && !TokenPattern().IsMatch(name))
            item.Error("invalid-name", "name", $"\"{name}\" is no name of a header: letters, digits and a few signs, without spaces and colons");
        return name;
    }

    // Of several names that differ in case only the first counts (HTTPHeaderMatch.name); the same name twice is refused.
    private static ImmutableArray<NamedMatch> Values(Fields match, string key)
    {
        ItemRules.AtMost(match, key, MostValues);
        bool isHeader = key == "headers";
        ImmutableArray<NamedMatch>.Builder values = ImmutableArray.CreateBuilder<NamedMatch>();
        foreach (Fields item in match.Mappings(key))
        {
            NamedMatch value = new(
                isHeader ? HeaderName(item) : item.Required("name", "a name"), item.Required("value", "a value"), item.Word("type", "Exact", "RegularExpression") == "RegularExpression");
            if (value.IsExpression)
                CheckExpression(item, "value", value.Value);
            if (values.Any(other => other.Name == value.Name))
                item.Error("duplicate-item", "name", $"\"{value.Name}\" stands twice, and only one value could match");
            else if (!isHeader || !values.Any(other => other.Name.Equals(value.Name, StringComparison.OrdinalIgnoreCase)))
                values.Add(value);
        }
        return values.ToImmutable();
    }

    private static void CheckPath(Fields written, string path)
    {
        int before = written.Problems.Count;
        HttpPathRules.Check(written, "value", path);
        if (written.Problems.Count == before && !PathPattern().IsMatch(path))
            written.Error("invalid-path", "value", $"\"{path}\" has a character that no path has", "write it as %XX");
    }

    // Without backtracking, so that no file can make the simulator hang.
    private static void CheckExpression(Fields fields, string key, string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            fields.Error("invalid-expression", key, $"\"{text}\" is no regular expression that can be used here: {wrong.Message}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+\-.^_`|~]+\z")]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+\z")]
    private static partial Regex PathPattern();
}
