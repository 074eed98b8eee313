namespace KubeNetSim.Model.Objects;

/// <summary>Options of a resolver besides ndots (<c>spec.dnsConfig.options</c>; resolv.conf(5), glibc resolv/res_init.c).</summary>
public sealed record ResolverOptions
{
    /// <summary>The options of a pod that sets none.</summary>
    public static ResolverOptions Default { get; } = new();

    /// <summary>Option <c>timeout</c>: how long the first server has to answer before the resolver asks again [s]; 1 to 30.</summary>
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>Option <c>attempts</c>: how often each server is asked before the look-up fails; 1 to 5.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Option <c>rotate</c>: whether look-ups begin with each server in turn instead of the first.</summary>
    public bool Rotates { get; init; }

    /// <summary>Option <c>single-request</c>: whether AAAA is asked after the answer for A, instead of at the same time.</summary>
    public bool IsSingleRequest { get; init; }

    /// <summary>Option <c>single-request-reopen</c>: as <see cref="IsSingleRequest"/>, each query from a socket of its own.</summary>
    public bool ReopensSocket { get; init; }

    /// <summary>Option <c>use-vc</c>: whether queries go over TCP.</summary>
    public bool UsesTcp { get; init; }

    /// <summary>Option <c>edns0</c>: whether the resolver takes UDP answers of more than 512 bytes (RFC 6891).</summary>
    public bool UsesEdns { get; init; }

    /// <summary>Whether A and AAAA are asked at the same time.</summary>
    public bool AsksInParallel => !IsSingleRequest && !ReopensSocket;
}
