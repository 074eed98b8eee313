using CsCheck;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Small clusters of every kind, for properties that hold in all of them.</summary>
internal static class AnyCluster
{
    private static readonly Gen<Node> AnyNode =
        from zone in Gen.OneOf("a", "b", "c", "")
        from pool in Gen.OneOf("blue", "red")
        from cpu in Gen.Int[0, 8]
        from pods in Gen.Int[0, 6]
        from trouble in Gen.Int[0, 12]
        select Made.Node("n", zone, $"pool={pool}") with
        {
            Meta = zone.Length > 0 ? Made.Node("n", zone, $"pool={pool}").Meta : new ObjectMeta { Name = "n", Labels = Made.Labels($"pool={pool}") },
            AllocatableMilliCpu = cpu * 100,
            AllocatablePods = pods,
            Unschedulable = trouble == 0,
            Ready = trouble != 1,
            Taints = trouble == 2 ? [new Taint("dedicated", "", "NoSchedule")] : [],
        };

    private static readonly Gen<PodSpec> AnySpec =
        from cpu in Gen.Int[0, 3]
        from pool in Gen.OneOf("", "", "pool=blue")
        from key in Gen.OneOf(Node.ZoneLabel, Node.HostnameLabel)
        from rule in Gen.Int[0, 5]
        from target in Gen.OneOf("app=web-0", "app=web-1", "tier=front")
        from skew in Gen.Int[1, 2]
        from tolerates in Gen.Bool
        select new PodSpec
        {
            RequestedMilliCpu = cpu * 100,
            NodeSelector = Made.Labels(pool),
            AntiAffinity = rule == 0 ? [new PodAntiAffinityTerm(Made.Selecting(target), key, Required: true)] : [],
            TopologySpread = rule is 1 or 2 ? [new TopologySpreadConstraint(skew, key, true, Made.Selecting(target))] : [],
            Tolerations = tolerates ? [new Toleration("dedicated", true, "", "")] : [],
        };

    private static readonly Gen<PodController> AnyController =
        from kind in Gen.OneOf(PodControllerKind.Deployment, PodControllerKind.StatefulSet, PodControllerKind.ReplicaSet, PodControllerKind.DaemonSet)
        from replicas in Gen.Int[0, 9]
        from spec in AnySpec
        select Made.Deployment("web", replicas, spec) with { Kind = kind };

    private static readonly Gen<Service> AnyService =
        from selector in Gen.OneOf("app=web-0", "app=web-1", "tier=front")
        from type in Gen.OneOf(ServiceType.ClusterIP, ServiceType.NodePort, ServiceType.LoadBalancer)
        from policy in Gen.OneOf(TrafficPolicy.Cluster, TrafficPolicy.Local)
        from publish in Gen.Bool
        from ports in Gen.Int[1, 3]
        select Made.Service("s", selector, [.. Enumerable.Range(0, ports).Select(number => new ServicePort { Name = $"p{number}", Port = 80 + number, TargetPort = 8080 })]) with
        { Type = type, ExternalTrafficPolicy = policy, PublishNotReadyAddresses = publish };

    /// <summary>Nodes, controllers, pods of nobody and Services, in any numbers.</summary>
    public static readonly Gen<ClusterObjects> Objects =
        from nodes in AnyNode.Array[1, 7]
        from controllers in AnyController.Array[0, 5]
        from bare in AnySpec.Array[0, 4]
        from services in AnyService.Array[0, 4]
        select new ClusterObjects
        {
            Nodes = [.. nodes.Select((node, number) => node with { Meta = node.Meta with { Name = $"n{number}", Labels = node.Meta.Labels.SetItem(Node.HostnameLabel, $"n{number}") } })],
            Controllers = [.. controllers.Select((controller, number) => controller with { Meta = Made.Meta($"web-{number}"), TemplateLabels = Made.Labels($"app=web-{number},tier={(number % 2 == 0 ? "front" : "back")}") })],
            Pods = [.. bare.Select((spec, number) => Made.Pod($"bare-{number}", $"app=web-{number}", spec))],
            Services = [.. services.Select((service, number) => service with { Meta = Made.Meta($"s{number}") })],
        };

    /// <summary>The same without DaemonSets, whose pods know their nodes before the scheduler sees them.</summary>
    public static readonly Gen<ClusterObjects> WithoutDaemons =
        Objects.Select(objects => objects with { Controllers = [.. objects.Controllers.Where(controller => controller.Kind != PodControllerKind.DaemonSet)] });
}
