using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>Something that a rule does to requests or responses (Gateway API HTTPRouteFilter).</summary>
public abstract record RouteFilter
{
    private RouteFilter()
    {
    }

    /// <summary>Changes the headers of the request.</summary>
    public sealed record RequestHeaders(HeaderChanges Changes) : RouteFilter;

    /// <summary>Changes the headers of the response.</summary>
    public sealed record ResponseHeaders(HeaderChanges Changes) : RouteFilter;

    /// <summary>Sends a copy of some requests to another backend, whose answer is thrown away.</summary>
    /// <param name="Backend">The other backend.</param>
    /// <param name="Share">Share of the requests that are copied, 0 to 1.</param>
    public sealed record Mirror(BackendReference Backend, double Share) : RouteFilter;

    /// <summary>Answers with a redirect; parts that are null stay as they are in the request.</summary>
    /// <param name="Scheme">http or https.</param>
    /// <param name="Hostname">Host.</param>
    /// <param name="Path">Path.</param>
    /// <param name="Port">Port.</param>
    /// <param name="StatusCode">301, 302, 303, 307 or 308.</param>
    public sealed record Redirect(string? Scheme, string? Hostname, PathModifier? Path, int? Port, int StatusCode) : RouteFilter;

    /// <summary>Changes host or path of the request before it goes to the backend.</summary>
    /// <param name="Hostname">The new host; null leaves it.</param>
    /// <param name="Path">The new path; null leaves it.</param>
    public sealed record Rewrite(string? Hostname, PathModifier? Path) : RouteFilter;

    /// <summary>Replaces the whole path of the request, with groups of the expression that it matches (<c>$1</c>), as <c>rewrite</c> of nginx does.</summary>
    /// <param name="Expression">A regular expression for a part of the path.</param>
    /// <param name="Replacement">The new path.</param>
    public sealed record ExpressionRewrite(Regex Expression, string Replacement) : RouteFilter
    {
        /// <summary>The new path.</summary>
        public string Of(string path) => Expression.Match(path) is { Success: true } match ? match.Result(Replacement) : path;
    }

    /// <summary>Answers preflight requests of browsers and adds the headers that they look for (fetch.spec.whatwg.org).</summary>
    public sealed record Cors : RouteFilter
    {
        /// <summary>Origins that may ask; <c>*</c> for all, also within a host.</summary>
        public ImmutableArray<string> AllowOrigins { get; init; } = [];

        /// <summary>Whether requests with credentials may ask.</summary>
        public bool AllowCredentials { get; init; }

        /// <summary>Methods that may be used; <c>*</c> for all.</summary>
        public ImmutableArray<string> AllowMethods { get; init; } = [];

        /// <summary>Headers that may be sent; <c>*</c> for all.</summary>
        public ImmutableArray<string> AllowHeaders { get; init; } = [];

        /// <summary>Headers of the response that a page may read.</summary>
        public ImmutableArray<string> ExposeHeaders { get; init; } = [];

        /// <summary>How long the answer may be kept [s].</summary>
        public int MaxAgeSeconds { get; init; } = 5;
    }

    /// <summary>A filter that the specification does not describe and the simulator therefore does not know.</summary>
    /// <param name="Description">Its type, or the object that describes it.</param>
    public sealed record Unknown(string Description) : RouteFilter;
}

/// <summary>
/// Changes to headers, in this order: what is set replaces, what is added is appended, what is removed goes. Names of any case.
/// </summary>
/// <param name="Set">Headers that get a new value.</param>
/// <param name="Add">Headers that get one value more.</param>
/// <param name="Remove">Headers that go.</param>
public sealed record HeaderChanges(ImmutableArray<HttpHeader> Set, ImmutableArray<HttpHeader> Add, ImmutableArray<string> Remove);

/// <summary>A header of an HTTP request or response.</summary>
/// <param name="Name">Its name; of any case.</param>
/// <param name="Value">Its value; several with commas between.</param>
public sealed record HttpHeader(string Name, string Value);

/// <summary>A change to a path.</summary>
/// <param name="IsPrefix">Whether only the prefix that matched is replaced.</param>
/// <param name="Value">What it is replaced by.</param>
public sealed record PathModifier(bool IsPrefix, string Value);
