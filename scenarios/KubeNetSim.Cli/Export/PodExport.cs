using System.Globalization;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>
/// A Pod as the official API type. The model keeps what a pod's containers ask for together, so that the pod shows one container
/// that asks for all of it.
/// </summary>
internal static class PodExport
{
    /// <summary>The Pod.</summary>
    public static V1Pod Of(Pod pod)
    {
        V1Pod exported = new()
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = ObjectMetaExport.Of(pod.Meta),
            Spec = PodSpecExport.Of(pod.Spec),
            Status = Status(pod),
        };
        exported.Spec.NodeName = pod.NodeName;
        if (pod.OwnedBy?.Split('/', 2) is [string kind, string name])
            exported.Metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = kind, Name = name, Controller = true }];
        // The API marks a pod that is being deleted by a time, and the simulated cluster has no date.
        if (pod.Terminating)
            exported.Metadata.DeletionTimestamp = DateTime.UnixEpoch;
        return exported;
    }

    /// <summary>An amount of CPU in the API's notation.</summary>
    public static ResourceQuantity MilliCpu(long thousandths) => new(thousandths.ToString(CultureInfo.InvariantCulture) + "m");

    /// <summary>An amount of memory in the API's notation.</summary>
    public static ResourceQuantity Bytes(long bytes) => new(bytes.ToString(CultureInfo.InvariantCulture));

    private static V1PodStatus Status(Pod pod) => pod.NodeName is null
        ? new V1PodStatus
        {
            Phase = "Pending",
            Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = pod.PendingReason }],
        }
        : new V1PodStatus
        {
            Phase = "Running",
            PodIP = pod.Addresses.Length > 0 ? pod.Addresses[0].ToString() : null,
            PodIPs = ObjectMetaExport.OrNull<V1PodIP>([.. pod.Addresses.Select(address => new V1PodIP { Ip = address.ToString() })]),
            Conditions = [new V1PodCondition { Type = "Ready", Status = pod.Ready ? "True" : "False" }],
        };
}
