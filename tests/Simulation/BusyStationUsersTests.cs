using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

/// <summary>A workload is delayed by an overloaded pod or node only where its own requests met it.</summary>
internal sealed class BusyStationUsersTests
{
    private const string OneOnEach = """
        {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: NodePort, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}
        """;

    [Test]
    public void Clients_outside_meet_the_nodes_that_their_packets_came_to()
    {
        StationRecord[] stations = Run("""
            cluster: {nodes: 2}
              workloads:
              - {name: hot, from: internet, to: "http://192.168.0.2:30080/", arrivals: {poisson: {rate: 3000/s}}}
              - {name: calm, from: internet, to: "http://192.168.0.3:30080/", arrivals: {poisson: {rate: 100/s}}}
              backends: [{selector: {app: web}, serviceTime: 10us, concurrency: 100}]
              network: {packetCores: 1}
              costs: {iptablesNft: {newConnection: 320us}}
            """, OneOnEach);

        Assert.That(stations.Single(station => station.Kind == StationKind.Node).Workloads, Is.EqualTo((string[])["hot"]));
    }

    [Test]
    public void A_client_inside_meets_the_node_that_it_sends_to_and_its_own()
    {
        StationRecord[] stations = Run("""
            cluster: {nodes: 3}
              workloads:
              - {name: hot, from: internet, to: "http://192.168.0.2:30080/", arrivals: {poisson: {rate: 3000/s}}}
              - {name: guest, from: {node: node-3}, to: "http://192.168.0.2:30080/", arrivals: {poisson: {rate: 10/s}}}
              - {name: calm, from: {node: node-3}, to: "http://192.168.0.3:30080/", arrivals: {poisson: {rate: 10/s}}}
              backends: [{selector: {app: web}, serviceTime: 10us, concurrency: 100}]
              network: {packetCores: 1}
              costs: {iptablesNft: {newConnection: 320us}}
            """, OneOnEach);

        Assert.That(stations.Single(station => station.Kind == StationKind.Node).Workloads, Is.EqualTo((string[])["hot", "guest"]));
    }

    [Test]
    public void A_request_meets_one_of_a_routers_pods_and_not_the_others()
    {
        StationRecord[] stations = Run("""
            cluster: {nodes: 2, cloud: gcp, httpRouters: {replicas: 2, serviceTime: {constant: 10ms}, concurrency: 1, keepConnections: false}}
              workloads:
              - {name: hot, from: {node: node-1}, to: "http://shop.example/", arrivals: {poisson: {rate: 210/s}}}
              - {name: once, from: {node: node-1}, to: "http://shop.example/", arrivals: {recorded: {times: [500ms]}}}
              backends: [{selector: {app: web}, serviceTime: 10us, concurrency: 100}]
            """, GivenScenario.Web(2), GivenScenario.Service("web"), """
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}
            """);

        Assert.That(stations, Has.Length.EqualTo(2));
        Assert.That(stations.Count(station => station.Workloads.Contains("once")), Is.EqualTo(1));
        Assert.That(stations.All(station => station.Workloads.Contains("hot")));
    }

    [Test]
    public void A_look_up_meets_one_pod_of_CoreDNS_and_not_the_others()
    {
        StationRecord[] stations = Run("""
            cluster: {nodes: 2}
              workloads:
              - {name: hot, from: {node: node-1}, to: "http://web.shop.svc.cluster.local./", arrivals: {poisson: {rate: 210/s}}}
              - {name: once, from: {node: node-1}, to: "http://web.shop.svc.cluster.local./", arrivals: {recorded: {times: [500ms]}}}
              - {name: never, from: {node: node-1}, to: "http://192.168.0.2:30080/", arrivals: {poisson: {rate: 10/s}}}
              backends: [{selector: {app: web}, serviceTime: 10us, concurrency: 100}]
              network: {dnsServiceTime: 5ms, dnsWorkers: 1, clientDnsCache: false}
            """, OneOnEach);

        Assert.That(stations, Has.Length.EqualTo(2));
        Assert.That(stations.Count(station => station.Workloads.Contains("once")), Is.EqualTo(1));
        Assert.That(stations.Any(station => station.Workloads.Contains("never")), Is.False);
    }

    private static StationRecord[] Run(string spec, params string[] objects) =>
        [.. Simulator.Run(GivenScenario.Prepare([.. objects, $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: busy}
            spec:
              {{spec.Replace("\n", "\n  ", StringComparison.Ordinal).Replace("\n    ", "\n  ", StringComparison.Ordinal)}}
              run: {duration: 2s, warmup: 0s, replications: 1}
            """]), new SimulationOptions { Threads = 1 }).Replications[0].BusyStations];
}
