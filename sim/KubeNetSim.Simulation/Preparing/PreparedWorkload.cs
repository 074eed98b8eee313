using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>A workload whose clients and targets have been found.</summary>
internal sealed record PreparedWorkload
{
    /// <summary>As written.</summary>
    public required Workload Spec { get; init; }

    /// <summary>Who sends; each request comes from any of them with equal probability. Never empty.</summary>
    public required ImmutableArray<Source> Sources { get; init; }

    /// <summary>
    /// Where requests go when no name has to be looked up: to any of them with equal probability. Empty where <see cref="Name"/> is set.
    /// </summary>
    public ImmutableArray<Destination> Destinations { get; init; } = [];

    /// <summary>The name that clients look up; null where they know addresses.</summary>
    public NameLookup? Name { get; init; }

    /// <summary>Whether clients must look a name up.</summary>
    public bool NeedsName => Name is not null;

    /// <summary>What a router does with the requests; null where they go to a Service directly.</summary>
    public Relaying? Relaying { get; init; }

    /// <summary>Of a router's calls: the Service whose endpoints are called; null where its cluster IP is.</summary>
    public WatchedPort? Watches { get; init; }

    /// <summary>Who sends, in words.</summary>
    public required string FromText { get; init; }

    /// <summary>Where to, in words.</summary>
    public required string ToText { get; init; }

    /// <summary>The path of its requests; empty for the calls of a router, which are part of another path.</summary>
    public required ImmutableArray<PathHop> Path { get; init; }

    /// <summary>The most backends that a result lists although they got no request; a longer list would say less.</summary>
    public const int MostListedBackends = 200;

    /// <summary>Service ports whose endpoints the requests can reach, also those that come while time runs.</summary>
    public ImmutableArray<WatchedPort> Ports { get; init; } = [];

    /// <summary>Pods that could be chosen, so that a result shows those that never were; none where they are very many.</summary>
    public ImmutableArray<int> PossibleBackends { get; init; } = [];

    /// <summary>How many could be chosen, also where they are too many to be listed.</summary>
    public int PossibleBackendCount { get; init; }
}

/// <summary>The look-up of a client before it can connect, and its answer.</summary>
/// <param name="Host">The name as the client writes it.</param>
/// <param name="Queries">Questions that it takes until one is answered: the resolver tries the search path in order.</param>
/// <param name="IsForwarded">Whether cluster DNS has no such record and the answer is from upstream.</param>
/// <param name="Answers">Addresses and the URL's port; empty where the name does not resolve.</param>
/// <param name="Follows">How to ask again; null where the answer cannot change while pods come and go.</param>
internal sealed record NameLookup(string Host, int Queries, bool IsForwarded, ImmutableArray<Destination> Answers, FollowedName? Follows = null)
{
    /// <summary>The names that are asked for in turn until one has records. The answers are those of the last where nothing follows.</summary>
    public ImmutableArray<string> Names { get; init; } = [Host];

    /// <summary>The client's resolver; null where the client is outside the cluster.</summary>
    public Resolver? Resolver { get; init; }

    /// <summary>Port of the URL.</summary>
    public int Port { get; init; }

    /// <summary>Protocol of the URL.</summary>
    public Protocol Protocol { get; init; }

    /// <summary>Whether cluster DNS is asked, and not a server outside that the pod's dnsPolicy leads to.</summary>
    public bool AsksCluster => Resolver?.AsksCluster ?? true;

    /// <summary>The look-up of a client outside the cluster, whose own resolver answers at once.</summary>
    public static NameLookup FromInternet(WorkloadTarget.Url url, ImmutableArray<Destination> addresses) =>
        new(url.Host, 1, true, addresses) { Port = url.Port, Protocol = url.Protocol };

    /// <summary>The same by a resolver inside the cluster, whose search path may change its answer only where the name follows pods.</summary>
    public NameLookup AskedBy(Resolver resolver, WorkloadTarget.Url url, DnsLookup asked) => this with
    {
        Queries = asked.Queries.Length,
        Names = Follows is null ? [.. asked.Queries.Select(query => query.Name)] : resolver.NamesToTry(url.Host),
        Resolver = resolver,
        Port = url.Port,
        Protocol = url.Protocol,
    };
}

/// <summary>A name whose addresses are those of pods.</summary>
/// <param name="Resolver">The resolver of the client that asks.</param>
/// <param name="Port">Port of the URL.</param>
/// <param name="Protocol">Protocol of the URL.</param>
internal sealed record FollowedName(Resolver Resolver, int Port, Protocol Protocol);
