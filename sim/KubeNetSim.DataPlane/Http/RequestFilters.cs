namespace KubeNetSim.DataPlane.Http;

/// <summary>Applies the filters of a rule to one request, one after the other.</summary>
internal sealed class RequestFilters
{
    private readonly HttpRule _rule;
    private readonly HttpListener _listener;
    private readonly HttpRequest _original;

    public RequestFilters(HttpRule rule, HttpListener listener, HttpRequest request)
    {
        _rule = rule;
        _listener = listener;
        _original = request;
        Request = request;
    }

    /// <summary>The request as it is by now.</summary>
    public HttpRequest Request { get; private set; }

    /// <summary>Where the client is sent instead; null where it is not.</summary>
    public HttpRequest? Redirect { get; private set; }

    public int RedirectStatus { get; private set; }

    /// <summary>Changes to the response, made to one without headers.</summary>
    public HeaderTable ResponseHeaders { get; private set; } = HeaderTable.Empty;

    public void Apply(RouteFilter filter)
    {
        switch (filter)
        {
            case RouteFilter.RequestHeaders { Changes: var changes }:
                Request = Request with { Headers = HeaderTable.Of(Request.Headers).Changed(changes).ToHeaders() };
                break;
            case RouteFilter.ResponseHeaders { Changes: var changes }:
                ResponseHeaders = ResponseHeaders.Changed(changes);
                break;
            case RouteFilter.Rewrite rewrite:
                Request = Request with
                {
                    Host = rewrite.Hostname ?? Request.Host,
                    HostPort = rewrite.Hostname is null ? Request.HostPort : null,
                    Path = Modified(rewrite.Path),
                };
                break;
            case RouteFilter.ExpressionRewrite rewrite:
                Request = Request with { Path = rewrite.Of(Request.Path) };
                break;
            case RouteFilter.Redirect redirect:
                RedirectStatus = redirect.StatusCode;
                Redirect = Redirected(redirect);
                break;
            case RouteFilter.Cors cors:
                foreach (HttpHeader header in CorsHeaders.OfResponse(cors, _original))
                    ResponseHeaders = ResponseHeaders.SetItem(header.Name, header.Value);
                break;
        }
    }

    // HTTPRequestRedirectFilter.port: the port of the filter, else that of its scheme, else that of the listener.
    private HttpRequest Redirected(RouteFilter.Redirect redirect)
    {
        string scheme = redirect.Scheme ?? (_original.IsTls ? "https" : "http");
        return _original with
        {
            Scheme = scheme,
            Host = redirect.Hostname ?? _original.Host,
            Port = redirect.Port ?? (redirect.Scheme is not null ? HttpRequest.DefaultPort(scheme)!.Value : _listener.Port > 0 ? _listener.Port : _original.Port),
            Path = Modified(redirect.Path),
        };
    }

    private string Modified(PathModifier? path) =>
        path is null ? _original.Path
        : !path.IsPrefix ? path.Value
        : WithPrefix(_original.Path, _rule.Path?.Value ?? "/", path.Value);

    // The table at HTTPPathModifier.replacePrefixMatch: slashes at the ends of both prefixes do not count.
    internal static string WithPrefix(string path, string prefix, string replacement)
    {
        string rest = path[Math.Min(path.Length, prefix.TrimEnd('/').Length)..];
        string start = replacement.TrimEnd('/');
        string whole = start + rest;
        return whole.Length == 0 ? "/" : whole[0] == '/' ? whole : "/" + whole;
    }
}
