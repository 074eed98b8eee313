namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>The size of a ReplicaSet as the Deployment controller sees it.</summary>
/// <param name="Replicas">How many pods it is to have.</param>
/// <param name="Available">How many of them have been ready for <c>minReadySeconds</c>.</param>
internal readonly record struct ReplicaSetSize(int Replicas, int Available);
