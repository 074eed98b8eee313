using KubeNetSim.Measurements;
using MathNet.Numerics;

namespace KubeNetSim.Analysis;

/// <summary>
/// How the load of a workload's backends compares with an even share. Hot, cold or idle is said only of a backend whose count chance does not
/// explain: were every request sent to each of k backends alike, a backend's count of n requests would be Binomial(n, 1/k), and one as far out
/// as this among all k is to come by less than once in a thousand workloads (Bonferroni: the probability of each is multiplied by their number and
/// by the two directions; R. G. Miller, Simultaneous Statistical Inference, 1981). Requests are what is tested, though connections are what is balanced: that
/// kept connections gather requests on few backends is a cause to be told, and no chance.
/// </summary>
internal sealed class Balance
{
    // Less is not worth a word, however sure it is. Few pods on few nodes have shares of 4/3, 3/2 or 2/3 of even: it stands at none of these, so that
    // chance does not decide which of two equal pods gets the word.
    private const double Notable = 1.45;

    private const double ErrorRate = 0.001;

    private readonly WorkloadResult _workload;
    private readonly double _requests;
    private readonly int _backends;
    private readonly bool _isComparable;

    /// <param name="results">The run; where pods came or went meanwhile, they had less time to get requests, and nothing is said of any.</param>
    /// <param name="workload">The workload, with one backend at least.</param>
    public Balance(RunResults results, WorkloadResult workload)
    {
        _workload = workload;
        _requests = workload.Backends.Sum(backend => backend.Requests);
        _backends = workload.Backends.Length + workload.UnlistedBackends;
        _isComparable = results.Series is not { Events.IsEmpty: false };
    }

    /// <summary>Requests for each backend, were they spread evenly.</summary>
    public double Even => _requests / _backends;

    /// <summary>Whether backends differ notably, and by no more than chance.</summary>
    public bool IsChance
    {
        get
        {
            long most = _workload.Backends.Max(backend => backend.Requests);
            long least = _workload.UnlistedBackends > 0 ? 0 : _workload.Backends.Min(backend => backend.Requests);
            return _isComparable && (most > Notable * Even || least < Even / Notable) && Note(most).Length == 0 && Note(least).Length == 0;
        }
    }

    /// <summary>What is notable of a backend that answered so many requests: hot, cold, idle, or nothing.</summary>
    public string Note(long requests)
    {
        if (!_isComparable)
            return "";
        if (requests > Notable * Even && IsBeyondChance(AtLeast(requests)))
            return $"hot: {Format.Digits(requests / Even)} x even";
        if (requests < Even / Notable && IsBeyondChance(AtMost(requests)))
            return requests == 0 ? "idle" : $"cold: {Format.Digits(requests / Even)} x even";
        return "";
    }

    private bool IsBeyondChance(double probability) => probability * _backends * 2 < ErrorRate;

    // Tails of the binomial distribution by the regularized incomplete beta function (NIST DLMF 8.17.5), which stays exact where 1 - CDF has no digits left.
    private double AtLeast(long requests) => SpecialFunctions.BetaRegularized(requests, _requests - requests + 1, 1.0 / _backends);

    private double AtMost(long requests) => SpecialFunctions.BetaRegularized(_requests - requests, requests + 1, 1 - 1.0 / _backends);
}
