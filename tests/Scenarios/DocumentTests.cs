using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>How documents come: several in a file, lists, JSON, anchors, folders; and kinds that others read.</summary>
internal sealed class DocumentTests
{
    private const string Web = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";

    [Test]
    public void JSON_is_read_with_tabs_and_positions()
    {
        const string json = "{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"Service\",\n\t\"metadata\": {\"name\": \"web\"},\n\t\"spec\": {\"ports\": [{\"port\": 0}]}\n}";
        Assert.That(Reading.Of(json).Problems.Single().ToString(), Is.EqualTo("-:5:30: spec.ports[0].port: 0 is not between 1 and 65535"));
        Assert.That(Reading.Scenario(json.Replace(": 0}", ": 80}", StringComparison.Ordinal)).Objects.Services, Has.Length.EqualTo(1));
    }

    [Test]
    public void An_object_without_a_namespace_is_in_default_and_a_node_in_none()
    {
        ClusterObjects objects = Reading.Scenario($"{Web}---\napiVersion: v1\nkind: Node\nmetadata: {{name: node-1}}\n").Objects;
        Assert.That(objects.Services.Single().Meta.FullName, Is.EqualTo("default/web"));
        Assert.That(objects.Nodes.Single().Meta.FullName, Is.EqualTo("node-1"));
    }

    [Test]
    public void Items_of_a_typed_list_need_not_repeat_their_kind() =>
        Assert.That(Reading.Scenario("apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: web}\n  spec: {ports: [{port: 80}]}\n").Objects.Services.Single().Meta.Name, Is.EqualTo("web"));

    [Test]
    public void What_is_written_outranks_what_is_merged_wherever_it_stands()
    {
        const string text = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Service
              metadata: {name: a}
              spec: &spec {type: NodePort, ports: [{port: 80}]}
            - apiVersion: v1
              kind: Service
              metadata: {name: b}
              spec: {<<: *spec, type: LoadBalancer}
            - apiVersion: v1
              kind: Service
              metadata: {name: c}
              spec:
                type: ClusterIP
                <<: [{publishNotReadyAddresses: true}, *spec]
            """;
        Service[] services = [.. Reading.Scenario(text).Objects.Services];
        Assert.That(services.Select(service => service.Type).ToArray(), Is.EqualTo(Enum.GetValues<ServiceType>()[..3].OrderBy(type => type switch
        {
            ServiceType.NodePort => 0,
            ServiceType.LoadBalancer => 1,
            _ => 2,
        })));
        Assert.That(services.Select(service => service.Ports.Single().Port), Is.All.EqualTo(80));
        Assert.That(services[2].PublishNotReadyAddresses, Is.True);
    }

    [Test]
    public void A_kind_of_a_foreign_group_is_not_taken_for_that_of_Kubernetes()
    {
        ScenarioReading reading = Reading.Of($"{Web}---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{template: {{}}}}\n");
        Assert.That(Reading.Usable(reading).Objects.Services, Has.Length.EqualTo(1));
        Assert.That(reading.Problems.Single().Rule, Is.EqualTo("ignored-kind"));
    }

    [TestCase("Sweep", "sweep")]
    [TestCase("Plan", "plan")]
    [TestCase("NetworkTest", "test")]
    public void A_document_for_another_command_is_passed_over_with_its_name(string kind, string command)
    {
        ScenarioReading reading = Reading.Of($"{Web}---\napiVersion: kubenetsim.io/v1alpha1\nkind: {kind}\nmetadata: {{name: a}}\n");
        Assert.That(reading.Scenario, Is.Not.Null);
        Assert.That(reading.Problems.Single().Severity, Is.EqualTo(Severity.Info));
        Assert.That(reading.Problems.Single().Message, Does.Contain($"`kubenetsim {command}`"));
    }

    [Test]
    public void A_folder_whose_scenario_names_files_of_it_reads_each_once()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.yaml"), "apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: s}\nspec: {manifests: [web.yml, ./web.yml]}\n");
            File.WriteAllText(Path.Combine(folder, "web.yml"), Web);
            Directory.CreateDirectory(Path.Combine(folder, "more"));
            File.WriteAllText(Path.Combine(folder, "more", "api.json"), "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"api\"}, \"spec\": {\"ports\": [{\"port\": 1}]}}");
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "not read");
            Scenario scenario = Reading.Usable(ScenarioReader.Read([folder, Path.Combine(folder, "web.yml")], null));
            Assert.That(scenario.Name, Is.EqualTo("s"));
            Assert.That(string.Join(" ", scenario.Objects.Services.Select(service => service.Meta.Name)), Is.EqualTo("web api"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void An_event_finds_the_only_controller_of_its_name()
    {
        const string text = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {}}}
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: a}
            spec: {timeline: [{at: 20s, scale: {deployment: web, replicas: 6}}, {at: 10s, scale: {deployment: web, replicas: 2}}]}
            """;
        ScaleEvent[] events = [.. Reading.Scenario(text).Timeline.Cast<ScaleEvent>()];
        Assert.That(events.Select(item => item.Namespace), Is.All.EqualTo("shop"));
        Assert.That((events[0].Replicas, events[1].Replicas), Is.EqualTo((2, 6)), "in time order");
    }

    [Test]
    public void Everything_in_the_valid_file_arrives_in_the_model()
    {
        Scenario scenario = Reading.Usable(ScenarioReader.Read([Reading.ValidFile("everything.yaml")], null));
        Workload workload = scenario.Workloads.Single();
        Assert.That(scenario.Objects.KubeProxy, Is.Not.Null);
        Assert.That((scenario.Objects.KubeProxy!.Mode, scenario.Objects.KubeProxy.IpvsScheduler), Is.EqualTo((ProxyModeNames.Ipvs, "lc")));
        Assert.That(scenario.Objects.Services.Single().AffinitySeconds, Is.EqualTo(60));
        Assert.That(scenario.Network.CrossZone, Is.EqualTo(new PathProfile(2_000_000, 100_000, 1_000_000_000)));
        Assert.That(workload.From, Is.EqualTo(new WorkloadSource.Internet(10)));
        Assert.That(workload.Arrivals, Is.EqualTo(new ArrivalSpec.Bursts(500, 0, 1e8, 1e9)));
        Assert.That(workload.Connections, Is.EqualTo(new ConnectionSpec { Reuse = ConnectionReuse.KeepAlive, PerClient = 2, IdleTimeoutNs = 90_000_000_000 }));
        Assert.That((workload.RequestBytes, workload.TimeoutNs, workload.Retries), Is.EqualTo((1_024L, (long?)2_000_000_000, 1)));
        Assert.That(scenario.Timeline.Single(), Is.InstanceOf<ScaleEvent>().With.Property("Replicas").EqualTo(6).And.Property("AtNs").EqualTo(2_000_000_000));
        Assert.That(scenario.Run, Is.EqualTo(new RunSettings { DurationNs = 10_000_000_000, WarmupNs = 1_000_000_000, Replications = 2, Seed = 7 }));
    }
}
