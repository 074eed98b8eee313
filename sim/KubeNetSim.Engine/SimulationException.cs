namespace KubeNetSim.Engine;

/// <summary>A law that every run must obey did not hold: an error of the simulator, never of its input.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public SimulationException()
    {
    }

    /// <summary>Makes one that says which law, and with which numbers.</summary>
    public SimulationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that came of another.</summary>
    public SimulationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
