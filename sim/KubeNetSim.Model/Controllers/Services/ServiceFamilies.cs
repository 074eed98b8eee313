using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>
/// Which IP families a Service gets (pkg/registry/core/service/storage/alloc.go, initIPFamilyFields): those it asks for or has addresses
/// of, else the cluster's first; both where its policy wants dual stack and the cluster has both.
/// </summary>
/// <param name="available">Families that the cluster has Service blocks of, primary first.</param>
/// <param name="log">Takes what the API server would refuse.</param>
internal sealed class ServiceFamilies(ImmutableArray<IpFamily> available, ControllerLog log)
{
    private const string SingleStack = "SingleStack";
    private const string RequireDualStack = "RequireDualStack";

    private static readonly ImmutableArray<IpFamily> Both = [IpFamily.IPv4, IpFamily.IPv6];

    private readonly ImmutableArray<IpFamily> _primary = [available[0]];

    /// <summary>The Service with families and policy filled in, as the API server fills them in.</summary>
    public Service Fill(Service service)
    {
        if (service.Type == ServiceType.ExternalName)
            return service;
        // Without a selector it is unknown what its slices will contain, so both families are allowed, even in a cluster that has one.
        bool isFree = service is { IsHeadless: true, Selector: null };
        string policy = service.IpFamilyPolicy ?? (isFree ? RequireDualStack : SingleStack);
        ImmutableArray<IpFamily> families = Named(service);
        if (!isFree)
            Check(service, policy, families);
        if (families.IsEmpty)
            families = _primary;
        if (families.Length == 1 && policy != SingleStack)
            families = Completed(families, isFree ? Both : available);
        return service with { IpFamilies = families, IpFamilyPolicy = policy };
    }

    // Addresses that are written say their families, too.
    private static ImmutableArray<IpFamily> Named(Service service) =>
        service.ClusterIPs.Length <= service.IpFamilies.Length ? service.IpFamilies
        : [.. service.IpFamilies.Concat(service.ClusterIPs.Select(address => address.Family)).Distinct()];

    private ImmutableArray<IpFamily> Completed(ImmutableArray<IpFamily> families, ImmutableArray<IpFamily> from) =>
        families == _primary && from == available && available.Length > 1 ? available
        : [.. families.Concat(from).Distinct()];

    private void Check(Service service, string policy, ImmutableArray<IpFamily> families)
    {
        string name = service.Meta.FullName;
        foreach (IpFamily family in families)
            if (!available.Contains(family))
                log.Error("family-not-configured", service.Meta, "spec.ipFamilies",
                    $"Service {name} asks for {family}, and the cluster has Service blocks of {string.Join(" and ", available)} only",
                    "add a block of that family to serviceCidrs");
        if (policy == RequireDualStack && available.Length < 2)
            log.Error("family-not-configured", service.Meta, "spec.ipFamilyPolicy",
                $"Service {name} requires dual stack, and the cluster has Service blocks of {available[0]} only",
                "PreferDualStack takes what there is");
        if (policy == SingleStack && families.Length > 1)
            log.Warn("family-policy", service.Meta, service.Meta.Origin.Has("spec.ipFamilyPolicy")
                ? "spec.ipFamilyPolicy"
                : service.IpFamilies.Length > 1 ? "spec.ipFamilies" : "spec.clusterIPs",
                $"Service {name} names two IP families and has ipFamilyPolicy {SingleStack}, with which no addresses of both can be "
                + "allocated", "ipFamilyPolicy: PreferDualStack, or RequireDualStack");
    }
}
