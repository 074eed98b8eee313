namespace KubeNetSim.Experiments.Sweeps;

/// <summary>Tells how far a sweep is: points done, and the share of the work that this command has to do. Safe to report to from several threads.</summary>
/// <param name="show">Shows the share that is done, 0 to 1, and how many points that is.</param>
public sealed class SweepProgress(Action<double, string> show)
{
    private readonly Lock _lock = new();
    private double[] _shares = [];
    private double _sum;

    /// <summary>Points in all.</summary>
    public int Points { get; private set; }

    /// <summary>Points that are done, those of earlier commands included.</summary>
    public int Done { get; private set; }

    /// <summary>Begins.</summary>
    /// <param name="points">Points in all.</param>
    /// <param name="missing">Simulations that are to be done.</param>
    /// <param name="done">Points that are done.</param>
    public void Start(int points, int missing, int done)
    {
        Points = points;
        Done = done;
        _shares = new double[missing];
    }

    /// <summary>Takes note of the share of one simulation, 0 to 1.</summary>
    /// <param name="index">Which of those to be done.</param>
    public IProgress<double> Of(int index) => new Simulation(this, index);

    /// <summary>Takes note that points are done and stored.</summary>
    /// <param name="points">How many points the simulation was for.</param>
    public void Finish(int points)
    {
        lock (_lock)
            Done += points;
    }

    private void Report(int index, double share)
    {
        lock (_lock)
        {
            _sum += share - _shares[index];
            _shares[index] = share;
            show(_sum / _shares.Length, $"{Done:N0} of {Points:N0} points");
        }
    }

    private sealed class Simulation(SweepProgress sweep, int index) : IProgress<double>
    {
        public void Report(double value) => sweep.Report(index, value);
    }
}
