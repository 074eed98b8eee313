namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>How a load balancer sends to pods (targets of type ip): its controller registers ready pods, and it checks each at its own port.</summary>
/// <param name="Check">Its health check of a pod.</param>
/// <param name="RegistrationNs">Time from a pod's readiness to its first connection, the health checks of a new target included [ns].</param>
/// <param name="DeregistrationNs">Time that it goes on opening connections to a pod after it has left the EndpointSlice [ns].</param>
public sealed record PodTargets(LoadBalancerHealthCheck Check, long RegistrationNs, long DeregistrationNs)
{
    /// <summary>Time until a cloud's network follows a change of the targets where no figure is published: an assumption.</summary>
    public const long UsualDelayNs = 10_000_000_000;
}
