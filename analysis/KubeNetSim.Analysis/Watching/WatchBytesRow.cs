namespace KubeNetSim.Analysis.Watching;

/// <summary>What one change of a Service's endpoints sends to all who watch.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Endpoints">How many endpoints it has before.</param>
/// <param name="Nodes">How many nodes watch.</param>
/// <param name="Change">What happens.</param>
/// <param name="Api">How endpoints are published.</param>
/// <param name="Writes">Objects written.</param>
/// <param name="Events">Watch events sent to all nodes together.</param>
/// <param name="LargestObjectBytes">The largest object written [B].</param>
/// <param name="BytesPerNode">What one node receives [B].</param>
/// <param name="BytesAllNodes">What the API server sends to all nodes together [B].</param>
public sealed record WatchBytesRow(
    string Service, int Endpoints, int Nodes, string Change, string Api, long Writes, long Events, long LargestObjectBytes, long BytesPerNode, long BytesAllNodes);
