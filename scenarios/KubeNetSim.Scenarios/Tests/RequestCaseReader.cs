using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Tests;

/// <summary>Reads the cases of NetworkTests that are about HTTP requests.</summary>
internal static class RequestCaseReader
{
    private static readonly string[] RedirectParts = ["scheme", "host", "port", "path"];

    public static NetworkTestCase.RequestCase? Read(string name, SourcePosition position, Fields fields, Fields expect)
    {
        string? gateway = FullName(fields, "gateway");
        string? ingress = FullName(fields, "ingress");
        if (gateway is null == ingress is null)
            fields.Error("required-field", "gateway", "A request goes through exactly one of gateway and ingress", "gateway: NAMESPACE/NAME");
        string url = fields.Required("url", "url: http://shop.example.com/cart");
        if (!HttpRequest.TryParse(url, out HttpRequest? request) && url.Length > 0)
            fields.Error("invalid-url", "url", $"\"{url}\" is no URL", "a URL such as http://shop.example.com/cart");
        string method = fields.Text("method") ?? "GET";
        ImmutableArray<HttpHeader> headers = [.. fields.Labels("headers").Select(header => new HttpHeader(header.Key, header.Value))];
        ExpectedResponse expected = Expected(expect);
        fields.Close();
        expect.Close();
        return request is null || (gateway is null == ingress is null) ? null : new NetworkTestCase.RequestCase(name, position)
        {
            Gateway = gateway,
            Ingress = ingress,
            Request = Named(request, headers) with { Method = method, Headers = headers, ServerName = ServerNameOf(request) },
            BackendTimeNs = BackendTimeOf(request),
            Expected = expected,
        };
    }

    // Whom a client connects to and whom it names can differ: a Host header says the latter.
    private static HttpRequest Named(HttpRequest request, ImmutableArray<HttpHeader> headers) =>
        headers.FirstOrDefault(header => header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)) is { } header
        && HttpRequest.TryParse($"http://{header.Value}", out HttpRequest? named) ? request with { Host = named!.Host, HostPort = named.HostPort } : request;

    // The URL's host is the name that a TLS connection is opened for, but for names that nobody can own (RFC 6761 6.4).
    private static string? ServerNameOf(HttpRequest request) =>
        request.IsTls && !request.Host.EndsWith(".invalid", StringComparison.Ordinal) ? request.Host : null;

    // The echo server of the Gateway API's conformance suite waits as long as the query says (its images/echo-basic).
    private static long BackendTimeOf(HttpRequest request) =>
        request.QueryParam("delay") is { } delay && Quantities.TryParseDuration(delay, out double nanoseconds) ? (long)nanoseconds : 0;

    private static string? FullName(Fields fields, string key) =>
        fields.Text(key) is not { Length: > 0 } text ? null : text.Contains('/') ? text : $"default/{text}";

    private static ExpectedResponse Expected(Fields expect)
    {
        Fields? redirect = expect.Mapping("redirect");
        Fields? backend = expect.Mapping("backendRequest");
        ExpectedResponse expected = new()
        {
            Status = (int?)expect.Integer("status", 0, 599),
            Backend = expect.Text("backend"),
            Redirect = redirect is null ? null : Parts(redirect),
            BackendPath = backend?.Text("path"),
            BackendHost = backend?.Text("host"),
            BackendHeaders = backend?.Has("headers") == true ? backend.Labels("headers") : null,
            AbsentHeaders = backend?.Has("absentHeaders") == true ? backend.Texts("absentHeaders") : null,
            ResponseHeaders = expect.Has("responseHeaders") ? expect.Labels("responseHeaders") : null,
            MirroredTo = expect.Has("mirroredTo") ? expect.Texts("mirroredTo") : null,
            Distribution = expect.Mapping("distribution") is { } shares ? Shares(shares) : null,
        };
        redirect?.Close();
        backend?.Close();
        return expected;
    }

    private static ImmutableSortedDictionary<string, string> Parts(Fields redirect) =>
        ObjectMeta.NoLabels.AddRange(RedirectParts.Where(redirect.Has).Select(part => KeyValuePair.Create(part, redirect.Text(part) ?? "")));

    private static ImmutableSortedDictionary<string, double> Shares(Fields shares)
    {
        ImmutableSortedDictionary<string, double>.Builder read = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((ScalarNode name, ManifestNode value) in shares.Node.Entries)
            if (value is ScalarNode scalar && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1)
                read[name.Text] = share;
            else
                shares.Problems.Add(new Problem(Severity.Error, "wrong-type", value.Position, shares.PathOf(name.Text), "A share is a number from 0 to 1"));
        return read.ToImmutable();
    }
}
