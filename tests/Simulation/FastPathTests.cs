using NUnit.Framework;
using Hop = KubeNetSim.Simulation.Network.Hop;

namespace KubeNetSim.Tests.Simulation;

/// <summary>
/// What a run does in a shorter way must come out as in the longer one, request by request. A timeline in which nothing changes is what takes the
/// longer way: requests are drawn when they start, IPVS asks its schedulers, clients under session affinity are compared with endpoints' addresses.
/// </summary>
internal sealed class FastPathTests
{
    private static readonly string[] Modes = ["iptables", "nftables", "ipvs, scheduler: rr", "ipvs, scheduler: wrr", "ipvs, scheduler: lc", "ipvs, scheduler: sh"];
    private static readonly string[] Reuses = ["none", "keepAlive", "keepAlive, perClient: 3, maxRequests: 7", "keepAlive, perClient: 2, idleTimeout: 20ms", "http2, perClient: 2"];
    private static readonly string[] Policies =
    [
        "type: ClusterIP", "type: ClusterIP\n  sessionAffinity: ClientIP", "type: ClusterIP\n  internalTrafficPolicy: Local", "type: NodePort\n  externalTrafficPolicy: Local",
        "type: ClusterIP\n  trafficDistribution: PreferClose",
    ];

    private static readonly string[] Arrivals = ["poisson: {rate: 2000/s}", "constant: {rate: 1500/s}", "bursts: {onRate: 4000/s, meanOn: 50ms, meanOff: 50ms}", "closedLoop: {users: 40, thinkTime: 10ms}"];

    [Test]
    public void Random_scenarios_come_out_alike_in_the_short_way_and_the_long_one([Range(1, 60)] int seed)
    {
        Random random = new(seed);
        string scenario = $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: twin}
            spec:
              cluster: {nodes: {{random.Next(1, 7)}}, kubeProxy: {mode: {{Any(random, Modes)}} }, backgroundServices: {{random.Next(0, 300)}} }
              workloads:
              - name: all
                from: nodes
                to: {services: {namespace: shop} }
                arrivals: { {{Any(random, Arrivals)}} }
                connections: {reuse: {{Any(random, Reuses)}} }
              - {name: named, from: {pods: {namespace: shop} }, to: http://web.shop/, arrivals: {poisson: {rate: 300/s} }, timeout: {{random.Next(5, 60)}}ms, retries: {{random.Next(0, 3)}} }
              backends: [{namespace: shop, serviceTime: {exponential: {{random.Next(1, 6)}}ms}, concurrency: {{random.Next(1, 9)}}, queue: {{random.Next(1, 50)}} }]
              {0}
              run: {duration: 1500ms, warmup: 300ms, replications: 1, seed: {{seed}} }
            """;
        string[] objects = [GivenScenario.Web(random.Next(1, 9)), GivenScenario.Service("web", Any(random, Policies)), GivenScenario.Service("other", Any(random, Policies)), GivenScenario.Service("third")];
        string nothing = $"timeline: [{{at: 100ms, scale: {{deployment: web, replicas: {Replicas(objects[0])} }} }}]";

        PreparedScenario shorter = GivenScenario.Prepare([.. objects, scenario.Replace("{0}", "", StringComparison.Ordinal)]);
        PreparedScenario longer = GivenScenario.Prepare([.. objects, scenario.Replace("{0}", nothing, StringComparison.Ordinal)]);

        RequestLog log = new();
        RequestLog slow = new();
        ReplicationRecord unwatched = new Replication(shorter, 0, null).Run(null, CancellationToken.None);
        ReplicationRecord watched = new Replication(shorter, 0, log).Run(null, CancellationToken.None);
        ReplicationRecord twin = new Replication(longer, 0, slow).Run(null, CancellationToken.None);

        Assert.That(log.Count, Is.GreaterThan(300), "requests ended");
        Assert.That(log.Text, Is.EqualTo(slow.Text));
        Assert.That(ResultsOf(watched, shorter), Is.EqualTo(ResultsOf(twin, shorter)));
        Assert.That(ResultsOf(unwatched, shorter), Is.EqualTo(ResultsOf(watched, shorter)), "with and without an observer");
    }

    private static string Any(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Replicas(string deployment) => deployment.Split("replicas: ")[1].Split('\n')[0];

    // Only a scenario with a timeline says how long each backend was present.
    private static string ResultsOf(ReplicationRecord record, PreparedScenario prepared)
    {
        RunDescription run = Simulator.Run(prepared, new SimulationOptions()).Run;
        WorkloadRecord[] workloads =
        [
            .. record.Workloads.Select(workload => workload with
            {
                Backends = [.. workload.Backends.Select(backend => backend with { PresentShare = null, EvenShare = null })],
            }),
        ];
        return RunResultsFile.ToJson(RunSummary.Combine(run, [record with { Workloads = [.. workloads], BusyStations = [], Events = 0 }]));
    }

    /// <summary>Every request's end. When an end becomes known differs, so that the lines are sorted.</summary>
    private sealed class RequestLog : IFlightObserver
    {
        private readonly List<string> _lines = [];

        public int Count => _lines.Count;

        public string Text => string.Join('\n', _lines.Order(StringComparer.Ordinal));

        public void NameResolved(in Flight flight, long now)
        {
        }

        public void PassedLoadBalancer(in Flight flight, in Hop next, long now)
        {
        }

        public void PassedNode(in Flight flight, in NodeStep step)
        {
        }

        public void EnteredNode(in Flight flight, in NodeStep step)
        {
        }

        public void Routed(in Flight flight, HttpDecision decision, int outcome, long now, long took)
        {
        }

        public void Completed(in Flight flight, long at, long queue, long service) =>
            Add(flight, $"backend {flight.Backend} at {at}: {flight.DnsNs} {flight.ConnectNs} {flight.BalancerPasses} {flight.RulesNs} {flight.NetworkNs} {queue} {service}");

        public void Failed(in Flight flight, Failure failure, long at) => Add(flight, $"{failure} at {at}");

        private void Add(in Flight flight, string what) => _lines.Add($"{flight.Workload} from {flight.Source}, {flight.StartedAt}: {what}");
    }
}
