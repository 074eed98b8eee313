using MathNet.Numerics;

namespace KubeNetSim.Analysis.Statistics;

/// <summary>
/// Compares the load of a workload's backends with an even share. A backend is called hot, cold or idle only where chance does not explain its count:
/// if every request went to each of k backends alike, the count of one backend among n requests would be Binomial(n, 1/k). The test allows one false
/// claim in a thousand workloads (Bonferroni: each probability is multiplied by the number of backends and by the two directions; R. G. Miller,
/// Simultaneous Statistical Inference, 1981). Where pods come and go, the even share of a pod counts the time that it was an endpoint.
/// The test counts requests although connections are balanced: kept connections that gather requests on few backends are a cause, not chance.
/// </summary>
internal sealed class Balance
{
    // Few pods on few nodes have shares of 4/3, 3/2 or 2/3 of even. The limit equals none of these, so that chance does not decide
    // which of two equal pods gets the note.
    private const double Notable = 1.45;

    private const double ErrorRate = 0.001;

    private readonly RunResults _results;
    private readonly WorkloadResult _workload;
    private readonly double _requests;
    private readonly int _backends;
    private readonly bool _isComparable;

    /// <summary>Prepares the comparison.</summary>
    /// <param name="results">The run. Where pods changed and the results do not say when each was present, no backend gets a note.</param>
    /// <param name="workload">The workload, with one backend at least.</param>
    public Balance(RunResults results, WorkloadResult workload)
    {
        _results = results;
        _workload = workload;
        _requests = workload.Backends.Sum(backend => backend.Requests);
        _backends = workload.Backends.Length + workload.UnlistedBackends;
        _isComparable = workload.Backends.Any(backend => backend.EvenShare > 0) || results.Series is not { Events.IsEmpty: false };
    }

    /// <summary>The largest even share of a backend: that of one which was present all the time, 0 to 1.</summary>
    public double EvenShare => _workload.Backends.Max(EvenShareOf);

    /// <summary>The even share of a backend, 0 to 1.</summary>
    public double EvenShareOf(BackendRecord backend) => backend.EvenShare ?? 1.0 / _backends;

    /// <summary>Whether backends differ notably, and by no more than chance.</summary>
    public bool IsChance
    {
        get
        {
            double[] ratios = [.. _workload.Backends.Select(Ratio)];
            bool isNotable = ratios.Max() > Notable || ratios.Min() < 1 / Notable || _workload.UnlistedBackends > 0;
            return _isComparable && isNotable && !VariesByReplication && _workload.Backends.All(backend => Note(backend).Length == 0) && Note(0, EvenShare, _workload.UnlistedBackends > 0).Length == 0;
        }
    }

    /// <summary>
    /// Whether the sums over the replications hide a skew: within each replication one backend answers far more than its even share, beyond chance, but
    /// it is another one in each, so that no backend stands out in the sums.
    /// </summary>
    public bool VariesByReplication
    {
        get
        {
            if (_results.Replications < 2 || _workload.Skew is not { } skew || _requests == 0)
                return false;
            double pooled = _workload.Backends.Max(backend => backend.Requests) / _requests;
            double each = Math.Round(_requests / _results.Replications);
            return skew.BusiestShare > 1.2 * pooled && skew.BusiestShare > Notable * EvenShare
                && IsBeyondChance(AtLeast(Math.Round(skew.BusiestShare * each), each, EvenShare) * _results.Replications);
        }
    }

    /// <summary>Whether some backend gets a note, or replications differ, or backends stay idle: the loads are worth a table by replication.</summary>
    public bool IsSkewed => VariesByReplication || _workload.Backends.Any(backend => Note(backend).Length > 0);

    /// <summary>The note on a backend: hot, cold, idle, varies, or none.</summary>
    public string Note(BackendRecord backend)
    {
        if (VariesByReplication)
            return "varies";
        return Note(backend.Requests, EvenShareOf(backend), true);
    }

    private string Note(long requests, double even, bool exists)
    {
        if (!_isComparable || !exists || even <= 0 || even >= 1)
            return "";
        double ratio = requests / (_requests * even);
        if (ratio > Notable && IsBeyondChance(AtLeast(requests, _requests, even)))
            return $"hot: {Format.Digits(ratio)} x even";
        if (ratio < 1 / Notable && IsBeyondChance(AtMost(requests, _requests, even)))
            return requests == 0 ? "idle" : $"cold: {Format.Digits(ratio)} x even";
        return "";
    }

    private double Ratio(BackendRecord backend) => EvenShareOf(backend) is > 0 and double even ? backend.Requests / (_requests * even) : 1;

    private bool IsBeyondChance(double probability) => probability * _backends * 2 < ErrorRate;

    // Tails of the binomial distribution by the regularized incomplete beta function (NIST DLMF 8.17.5), which stays exact where 1 - CDF has no digits left.
    private static double AtLeast(double count, double requests, double share) => count <= 0 ? 1
        : count >= requests ? Math.Pow(share, requests)
        : SpecialFunctions.BetaRegularized(count, requests - count + 1, share);

    private static double AtMost(double count, double requests, double share) => count >= requests ? 1
        : SpecialFunctions.BetaRegularized(requests - count, count + 1, 1 - share);
}
