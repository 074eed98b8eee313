using System.Reflection;

namespace KubeNetSim.Simulation;

/// <summary>Says what was run.</summary>
internal static class Description
{
    public static RunDescription Of(PreparedScenario prepared)
    {
        Scenario scenario = prepared.Scenario;
        Cluster cluster = prepared.Cluster;
        Service[] balanced = [.. cluster.Services.Where(service => service.Type == ServiceType.LoadBalancer && !service.LoadBalancerIngress.IsEmpty)];
        return new RunDescription
        {
            Scenario = scenario.Name,
            Question = scenario.Question,
            Version = typeof(Description).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            Seed = scenario.Run.Seed,
            ProxyMode = prepared.Mode.DisplayName(cluster.KubeProxy, scenario.IptablesBackend),
            Cloud = cluster.Cloud.ToString().ToLowerInvariant(),
            Size = new ClusterSize(cluster.Nodes.Length, cluster.Pods.Length, cluster.Services.Length, CountEndpoints(cluster)),
            LoadBalancers = balanced.Length,
            RouterLoadBalancers = balanced.Count(service => RouterObjects.IsRouter(service) || cluster.HttpRouters.IsRouterService(service.Meta.FullName)),
            CostProfile = $"{scenario.Costs.Name}: {scenario.Costs.Source}",
            NetworkProfile = scenario.Network.Name,
            Defaults =
            [
                .. scenario.Defaults.Concat(cluster.Defaults).Concat(prepared.Defaults)
                    .Select(taken => KeyValuePair.Create(taken.What, taken.Value)),
            ],
            Timeline = [.. scenario.Timeline.Where(item => item.AtNs < scenario.Run.DurationNs).Select(item => new TimelineMark(item.AtNs / 1e9, item.Summary))],
            Events = [.. cluster.Events.Select(item => $"{item.Object}: {item.Reason}: {item.Message}")],
        };
    }

    private static int CountEndpoints(Cluster cluster) =>
        cluster.EndpointSlices.Sum(slice => slice.Endpoints.Length * slice.Ports.Length);
}
