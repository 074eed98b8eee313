using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>What preparing a scenario gave.</summary>
/// <param name="Prepared">Ready to run and to trace; null where there is an error.</param>
/// <param name="Problems">What its author should know.</param>
public sealed record Preparation(PreparedScenario? Prepared, ImmutableArray<Problem> Problems)
{
    /// <summary>The rate of requests to each Service when the files name no workload.</summary>
    private const double DefaultRatePerSecond = 100;

    /// <summary>Clients outside when the files do not say how many.</summary>
    private const int DefaultClients = 100;

    /// <summary>Above this, Services without a workload of their own are called by one workload together.</summary>
    private const int MostDefaultWorkloads = 20;

    /// <summary>Finds the clients and targets of a scenario's workloads in its cluster, and compiles the tables.</summary>
    /// <param name="scenario">What to simulate.</param>
    /// <param name="cluster">What controllers made of its objects.</param>
    public static Preparation Of(Scenario scenario, Cluster cluster) => Of(scenario, cluster, isSteady: false);

    internal static Preparation Of(Scenario scenario, Cluster cluster, bool isSteady)
    {
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        ImmutableArray<Workload> workloads = scenario.Workloads;
        List<DefaultTaken> defaults = [];
        if (workloads.IsEmpty)
        {
            workloads = DefaultWorkloads(cluster);
            defaults.Add(new DefaultTaken("workloads", $"{DefaultRatePerSecond:0} requests/s to each Service, a new connection each"));
        }
        PreparedScenario prepared = new(scenario, cluster, [.. defaults], isSteady);
        CheckTimeline(scenario, cluster, problems);
        WorkloadPreparation preparing = new(prepared, problems);
        foreach (Workload workload in workloads)
            if (preparing.Prepare(workload) is { } ready)
                prepared = prepared.With(ready);
        if (workloads.IsEmpty)
            problems.Add(new Problem(Severity.Error, "nothing-to-simulate", scenario.Cluster.Origin.Start, "",
                "The files hold no Service and no workload, so there is no traffic to simulate", "add a Service, or a Scenario with workloads"));
        bool failed = problems.Any(problem => problem.Severity == Severity.Error);
        return new Preparation(failed ? null : prepared, problems.ToImmutable());
    }

    // What controllers would refuse is reported before anything runs.
    private static void CheckTimeline(Scenario scenario, Cluster cluster, ImmutableArray<Problem>.Builder problems)
    {
        foreach (TimelineEvent item in scenario.Timeline)
        {
            if (item.AtNs >= scenario.Run.DurationNs)
                problems.Add(new Problem(Severity.Warning, "timeline-after-end", item.Origin.Of("at"), "at",
                    $"This happens at {item.AtNs / 1e9:0.###} s, and the run ends at {scenario.Run.DurationNs / 1e9:0.###} s: it never does", "run for longer"));
            Reconciliation changed = EventAction.Of(item).ApplyTo(cluster);
            problems.AddRange(changed.Problems.Where(problem => problem.Severity == Severity.Error));
            cluster = changed.Cluster;
        }
    }

    private static ImmutableArray<Workload> DefaultWorkloads(Cluster cluster)
    {
        Service[] services = [.. cluster.Services.Where(service =>
            Targets.IsOfScenario(service) && !RouterObjects.IsRouter(service)
            && !cluster.HttpRouters.IsRecognized(service.Meta.FullName)
            && (!service.Ports.IsEmpty || service.Type == ServiceType.ExternalName))];
        Service[] alone = [.. services.Take(MostDefaultWorkloads)];
        ImmutableArray<Workload>.Builder workloads = ImmutableArray.CreateBuilder<Workload>(alone.Length + 1);
        foreach (Service service in alone)
            workloads.Add(To(service));
        if (services.Length > alone.Length)
            workloads.Add(new Workload
            {
                Name = "all-services",
                From = new WorkloadSource.AnyNode(),
                To = new WorkloadTarget.Services(null, new LabelSelector()),
                Arrivals = new ArrivalSpec.Poisson(DefaultRatePerSecond * (services.Length - alone.Length)),
            });
        return workloads.ToImmutable();
    }

    private static Workload To(Service service)
    {
        int port = service.Ports.IsEmpty ? 80 : service.IsHeadless ? PodPort(service.Ports[0]) : service.Ports[0].Port;
        string scheme = service.Ports.IsEmpty ? "http"
            : service.Ports[0].Protocol == Protocol.UDP ? "udp"
            : port == 443 ? "https" : "http";
        return new Workload
        {
            Name = service.Meta.Name,
            From = service.Type is ServiceType.NodePort or ServiceType.LoadBalancer
                ? new WorkloadSource.Internet(DefaultClients) : new WorkloadSource.AnyNode(),
            To = new WorkloadTarget.Url(scheme, $"{service.Meta.Name}.{service.Meta.Namespace}", port, "/"),
            Arrivals = new ArrivalSpec.Poisson(DefaultRatePerSecond),
            Origin = service.Meta.Origin,
        };
    }

    // No proxy translates ports for a headless Service: clients must call the ports of the pods.
    private static int PodPort(ServicePort port) => port.TargetPort > 0 ? port.TargetPort : port.Port;
}
