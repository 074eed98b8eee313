namespace KubeNetSim.Simulation.Requests;

/// <summary>Connections of HTTP/2, which take many requests at a time.</summary>
internal sealed class SharedConnections
{
    /// <summary>Those that are open, idle or not.</summary>
    public List<int> Open { get; } = [];

    /// <summary>How many are being opened.</summary>
    public int Opening { get; set; }

    /// <summary>Requests that wait for one.</summary>
    public Queue<Flight> Waiting { get; } = new();

    /// <summary>Place of the one that was taken last.</summary>
    public int Turn { get; set; } = -1;
}
