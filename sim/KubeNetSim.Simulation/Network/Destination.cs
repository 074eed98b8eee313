namespace KubeNetSim.Simulation.Network;

/// <summary>An address and port that clients connect to.</summary>
internal readonly record struct Destination(IpAddress Address, int Port, Protocol Protocol);
