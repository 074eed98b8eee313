namespace KubeNetSim.Model.Controllers.Disruptions;

/// <summary>The status of a PodDisruptionBudget.</summary>
/// <param name="DisruptionsAllowed">Pods that may be evicted now.</param>
/// <param name="CurrentHealthy">Healthy pods.</param>
/// <param name="DesiredHealthy">Pods that must stay healthy.</param>
/// <param name="ExpectedPods">Pods that there should be.</param>
internal readonly record struct DisruptionStatus(int DisruptionsAllowed, int CurrentHealthy, int DesiredHealthy, int ExpectedPods);
