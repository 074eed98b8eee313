namespace KubeNetSim.Analysis;

/// <summary>How the load of one backend compares with an even share.</summary>
internal static class Balance
{
    // Half more than even is worth a word, unless it is what chance does to few requests: a count of n varies by √n.
    private const double HotFactor = 1.5;
    private const double ChanceDeviations = 4;

    /// <summary>Whether a backend answered notably more than its share, beyond chance.</summary>
    /// <param name="requests">Requests that it answered.</param>
    /// <param name="even">Requests for each backend, were they spread evenly.</param>
    public static bool IsHot(long requests, double even) =>
        requests > HotFactor * even && requests > even + ChanceDeviations * Math.Sqrt(even);

    /// <summary>What is notable: hot, idle, or nothing.</summary>
    public static string Note(long requests, double even) => requests switch
    {
        0 when even > 0 => "idle",
        _ when IsHot(requests, even) => $"hot: {Format.Digits(requests / even)} x even",
        _ => "",
    };
}
