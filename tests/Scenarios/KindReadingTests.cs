using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>
/// Every kind is read field by field, and the same object means the same in every notation: block YAML, JSON, an item of a list. What the
/// command line prints of an object can be read again without loss.
/// </summary>
internal sealed class KindReadingTests
{
    private const string NodeText = """
        apiVersion: v1
        kind: Node
        metadata:
          name: n1
          labels: {topology.kubernetes.io/zone: eu-a, topology.kubernetes.io/region: eu}
        spec:
          podCIDRs: [10.244.1.0/24, "fd00:1::/64"]
          unschedulable: true
          taints: [{key: gpu, value: a100, effect: NoSchedule}]
        status:
          allocatable: {cpu: "7500m", memory: 30Gi, pods: "250"}
          addresses: [{type: InternalIP, address: 10.0.0.1}, {type: InternalIP, address: "fd00::1"}, {type: ExternalIP, address: 198.51.100.7}]
          conditions: [{type: Ready, status: "False"}]
        """;

    private const string PodText = """
        apiVersion: v1
        kind: Pod
        metadata: {name: p1, namespace: shop, labels: {app: web}}
        spec:
          nodeName: n1
          hostname: zero
          subdomain: web
          nodeSelector: {disk: ssd}
          containers:
          - name: web
            ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]
            resources: {requests: {cpu: 250m, memory: 1Gi}}
          tolerations: [{key: gpu, operator: Exists, effect: NoSchedule}]
          topologySpreadConstraints:
          - {maxSkew: 2, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms: [{matchExpressions: [{key: cores, operator: Gt, values: ["4"]}]}]
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
              - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}
        status: {podIPs: [{ip: 10.244.1.5}], conditions: [{type: Ready, status: "True"}]}
        """;

    private const string ServiceText = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, labels: {team: a}, annotations: {example.com/note: "two words"}}
        spec:
          type: LoadBalancer
          clusterIP: 10.96.0.50
          clusterIPs: [10.96.0.50, "fd00:96::50"]
          ipFamilies: [IPv4, IPv6]
          ipFamilyPolicy: RequireDualStack
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: http, nodePort: 30080, appProtocol: http}, {name: dns, port: 53, targetPort: 5353, protocol: UDP}]
          externalIPs: [192.0.2.9]
          externalTrafficPolicy: Local
          internalTrafficPolicy: Local
          sessionAffinity: ClientIP
          sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}
          loadBalancerSourceRanges: [198.51.100.0/24]
          loadBalancerClass: example.com/lb
          allocateLoadBalancerNodePorts: false
          healthCheckNodePort: 31000
          publishNotReadyAddresses: true
          trafficDistribution: PreferClose
        status: {loadBalancer: {ingress: [{ip: 203.0.113.5, ipMode: Proxy}]}}
        """;

    private const string SliceText = """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv6
        ports: [{name: http, port: 8080, protocol: TCP, appProtocol: http}]
        endpoints:
        - {addresses: ["fd00:1::5"], conditions: {ready: false, serving: true, terminating: true}, nodeName: n1, zone: eu-a, hostname: zero, targetRef: {kind: Pod, namespace: shop, name: p1}, hints: {forZones: [{name: eu-a}], forNodes: [{name: n1}]}}
        - {addresses: ["fd00:1::6"]}
        """;

    private const string ControllerText = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          replicas: 3
          serviceName: db-peers
          ordinals: {start: 5}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db, tier: data}}
            spec: {containers: [{name: db, ports: [{name: sql, containerPort: 5432}]}]}
        """;

    private const string OtherText = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {team: a}}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: legacy, namespace: shop}
        subsets: [{addresses: [{ip: 192.0.2.1}], notReadyAddresses: [{ip: 192.0.2.2, hostname: two}], ports: [{name: x, port: 7, protocol: SCTP}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: kubernetes}
        spec: {cidrs: [10.96.0.0/16, "fd00:96::/112"]}
        ---
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        kind: KubeProxyConfiguration
        mode: ipvs
        clusterCIDR: 10.244.0.0/16,fd00:1::/48
        detectLocalMode: NodeCIDR
        nodePortAddresses: [10.0.0.0/8]
        iptables: {masqueradeAll: true, localhostNodePorts: false}
        ipvs: {scheduler: wlc, minSyncPeriod: 5s, syncPeriod: 1m}
        """;

    private static IEnumerable<TestCaseData> Texts()
    {
        yield return new TestCaseData(NodeText).SetArgDisplayNames("Node");
        yield return new TestCaseData(PodText).SetArgDisplayNames("Pod");
        yield return new TestCaseData(ServiceText).SetArgDisplayNames("Service");
        yield return new TestCaseData(SliceText).SetArgDisplayNames("EndpointSlice");
        yield return new TestCaseData(ControllerText).SetArgDisplayNames("StatefulSet");
        yield return new TestCaseData(ControllerText.Replace("StatefulSet", "Deployment").Replace("  serviceName: db-peers\n  ordinals: {start: 5}\n", "")).SetArgDisplayNames("Deployment");
        yield return new TestCaseData(ControllerText.Replace("StatefulSet", "ReplicaSet").Replace("  serviceName: db-peers\n  ordinals: {start: 5}\n", "")).SetArgDisplayNames("ReplicaSet");
        yield return new TestCaseData(ControllerText.Replace("StatefulSet", "DaemonSet").Replace("  replicas: 3\n  serviceName: db-peers\n  ordinals: {start: 5}\n", "")).SetArgDisplayNames("DaemonSet");
        yield return new TestCaseData(OtherText).SetArgDisplayNames("Others");
    }

    [TestCaseSource(nameof(Texts))]
    public void A_kind_means_the_same_in_JSON_and_as_an_item_of_a_list(string yaml)
    {
        string[] documents = [.. YamlAsJson.Documents(yaml)];

        string block = ModelText.Of(Reading.Scenario(yaml).Objects);
        string json = ModelText.Of(Reading.Scenario(string.Join("\n---\n", documents)).Objects);
        // KubeProxyConfiguration is a file of its own and no object of the API, but a list may hold it all the same.
        string list = ModelText.Of(Reading.Scenario($$"""{"apiVersion": "v1", "kind": "List", "items": [{{string.Join(",\n\t", documents)}}]}""").Objects);

        Assert.That(json, Is.EqualTo(block));
        Assert.That(list, Is.EqualTo(block));
    }

    [Test]
    public void A_node_that_was_printed_is_the_same_when_read_again()
    {
        Node node = Reading.Scenario(NodeText).Objects.Nodes.Single();

        Node again = Reading.Scenario(ObjectText.ListAsJson([NodeExport.Of(node)])).Objects.Nodes.Single();

        Assert.That(ModelText.Of(again), Is.EqualTo(ModelText.Of(node)));
        Assert.That((node.AllocatableMilliCpu, node.AllocatablePods, node.Ready, node.PodCidrs.Length), Is.EqualTo((7_500, 250, false, 2)));
    }

    [Test]
    public void A_pod_that_was_printed_is_the_same_when_read_again()
    {
        Pod pod = Reading.Scenario(PodText).Objects.Pods.Single();

        Pod again = Reading.Scenario(ObjectText.ListAsJson([PodExport.Of(pod)])).Objects.Pods.Single();

        Assert.That(ModelText.Of(again), Is.EqualTo(ModelText.Of(pod)));
        Assert.That((pod.Spec.RequestedMilliCpu, pod.Spec.Hostname, pod.Spec.Ports.Length), Is.EqualTo((250, "zero", 2)));
        Assert.That(pod.Spec.NodeAffinityTerms.Single().ToString(), Is.EqualTo("cores>4"));
        Assert.That(pod.Spec.TopologySpread.Single().DoNotSchedule, Is.False);
        Assert.That(pod.Spec.AntiAffinity.Single().Required, Is.True);
    }

    [Test]
    public void A_Service_that_was_printed_is_the_same_when_read_again()
    {
        Service service = Reading.Scenario(ServiceText).Objects.Services.Single();

        Service again = Reading.Scenario(ObjectText.ListAsJson([ServiceExport.Of(service)])).Objects.Services.Single();

        Assert.That(ModelText.Of(again), Is.EqualTo(ModelText.Of(service)));
        Assert.That((service.AffinitySeconds, service.AllocateNodePorts, service.TrafficDistribution), Is.EqualTo((60, false, "PreferClose")));
        Assert.That(service.LoadBalancerIngress.Single().ProxyMode, Is.True);
    }

    [Test]
    public void A_slice_that_was_printed_is_the_same_when_read_again()
    {
        EndpointSlice slice = Reading.Scenario(SliceText).Objects.EndpointSlices.Single();

        EndpointSlice again = Reading.Scenario(ObjectText.ListAsJson([EndpointSliceExport.Of(slice)])).Objects.EndpointSlices.Single();

        Assert.That(ModelText.Of(again), Is.EqualTo(ModelText.Of(slice)));
        Assert.That(slice.ServiceName, Is.EqualTo("web"));
        Assert.That(slice.Endpoints[0].NodeHints.Single(), Is.EqualTo("n1"));
        Assert.That((slice.Endpoints[1].Ready, slice.Endpoints[1].IsServing), Is.EqualTo(((bool?)null, true)));
    }

    [Test]
    public void A_controller_has_what_its_spec_says()
    {
        PodController controller = Reading.Scenario(ControllerText).Objects.Controllers.Single();

        Assert.That((controller.Kind, controller.Replicas, controller.ServiceName, controller.OrdinalStart), Is.EqualTo((PodControllerKind.StatefulSet, 3, "db-peers", 5)));
        Assert.That(controller.TemplateLabels["tier"], Is.EqualTo("data"));
    }

    [Test]
    public void The_proxy_and_the_blocks_of_the_cluster_are_as_written()
    {
        ClusterObjects objects = Reading.Scenario(OtherText).Objects;
        KubeProxyConfiguration proxy = objects.KubeProxy!;

        Assert.That((proxy.Mode, proxy.DetectLocalMode, proxy.MasqueradeAll, proxy.IpvsScheduler), Is.EqualTo((ProxyModeNames.Ipvs, DetectLocalMode.NodeCIDR, true, "wlc")));
        Assert.That((proxy.MinSyncPeriodNs, proxy.SyncPeriodNs), Is.EqualTo((5_000_000_000L, 60_000_000_000L)));
        Assert.That(string.Join(' ', proxy.ClusterCidrs!.Value), Is.EqualTo("10.244.0.0/16 fd00:1::/48"));
        Assert.That(string.Join(' ', objects.ServiceCidrs), Is.EqualTo("10.96.0.0/16 fd00:96::/112"));
        Assert.That(objects.Endpoints.Single().Subsets.Single().Addresses.Select(address => address.IsReady), Is.EqualTo([true, false]));
    }
}
