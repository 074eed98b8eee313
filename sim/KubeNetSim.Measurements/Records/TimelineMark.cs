namespace KubeNetSim.Measurements.Records;

/// <summary>Something that the scenario's timeline did.</summary>
/// <param name="AtSeconds">When [s].</param>
/// <param name="What">What, in words: <c>scale echo-server to 6</c>.</param>
public sealed record TimelineMark(double AtSeconds, string What);
