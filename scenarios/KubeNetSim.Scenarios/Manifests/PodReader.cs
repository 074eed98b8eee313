using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads Pods, and the part of a Pod that controllers have as a template.</summary>
internal static partial class PodReader
{
    private const double MostCores = 1e6;
    private const double MostBytes = 1e18;
    private const long MostSeconds = 1_000_000;

    public static Pod Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Pod");
        Fields? spec = document.Mapping("spec");
        if (spec is null)
            document.Error("required-field", "spec", "A Pod needs a spec");
        Fields? status = document.Mapping("status");
        Fields? metadata = document.Mapping("metadata");
        string? phase = status?.Text("phase");
        bool isRunning = phase is null or "Running";
        PodSpec podSpec = spec is null ? new PodSpec() : Spec(spec);
        return new Pod
        {
            Meta = meta,
            Spec = podSpec,
            NodeName = podSpec.NodeName,
            Addresses = Addresses(status),
            Ready = isRunning && Condition(status, "Ready"),
            Finished = phase is "Succeeded" or "Failed",
            Terminating = metadata?.Has("deletionTimestamp") == true,
            OwnedBy = metadata is null ? null : Owner(metadata),
        };
    }

    /// <summary>Kind and name of the controller in <c>ownerReferences</c>; null where none.</summary>
    public static string? Owner(Fields metadata)
    {
        foreach (Fields owner in metadata.Mappings("ownerReferences"))
            if (owner.Bool("controller", false))
                return $"{owner.Text("kind")}/{owner.Text("name")}";
        return null;
    }

    /// <summary>Reads a pod's spec.</summary>
    public static PodSpec Spec(Fields spec)
    {
        (long cpu, long memory) = Requests(spec);
        Fields? affinity = spec.Mapping("affinity");
        return new PodSpec
        {
            Ports = [.. spec.Mappings("containers").Concat(spec.Mappings("initContainers").Where(IsSidecar)).SelectMany(ContainerPorts)],
            ProbePorts = [.. spec.Mappings("containers").SelectMany(ProbePorts).Distinct()],
            Images = [.. spec.Mappings("containers").Select(container => container.Text("image")).OfType<string>().Select(string.Intern)],
            RequestedMilliCpu = cpu,
            RequestedMemoryBytes = memory,
            NodeSelector = spec.Labels("nodeSelector"),
            NodeAffinityTerms = NodeTerms(affinity),
            AntiAffinity = AntiAffinity(affinity),
            TopologySpread = [.. spec.Mappings("topologySpreadConstraints").Select(Spread)],
            Tolerations = [.. spec.Mappings("tolerations").Select(Toleration)],
            NodeName = spec.Text("nodeName"),
            Hostname = spec.Text("hostname"),
            Subdomain = spec.Text("subdomain"),
            HostNetwork = spec.Bool("hostNetwork", false),
            Dns = PodDnsReader.Read(spec),
            TerminationGraceNs = GraceSeconds(spec) * 1_000_000_000,
            PreStopSleepNs = PreStopSleep(spec),
        };
    }

    /// <summary>Whether a condition is true; what is not stated counts as true.</summary>
    public static bool Condition(Fields? status, string type)
    {
        foreach (Fields condition in status?.Mappings("conditions") ?? [])
            if (condition.Text("type") == type)
                return condition.Text("status") == "True";
        return true;
    }

    // 30 s unless stated (k8s.io/api core/v1 DefaultTerminationGracePeriodSeconds).
    private static long GraceSeconds(Fields spec) => spec.Integer("terminationGracePeriodSeconds", 0, MostSeconds) ?? 30;

    // The kubelet runs the hooks of all containers at a time, and ends them with the grace period.
    private static long PreStopSleep(Fields spec)
    {
        long grace = GraceSeconds(spec);
        long longest = 0;
        foreach (Fields container in spec.Mappings("containers"))
            if (container.Mapping("lifecycle")?.Mapping("preStop") is { } hook)
                longest = Math.Max(longest, hook.Mapping("sleep")?.Integer("seconds", 0, MostSeconds) ?? SleepOf(hook));
        return Math.Min(longest, grace) * 1_000_000_000;
    }

    // Older manifests run a command: ["sleep", "15"] or ["sh", "-c", "sleep 15"].
    private static long SleepOf(Fields hook)
    {
        string command = string.Join(' ', hook.Mapping("exec")?.Texts("command") ?? []);
        Match sleep = SleepCommand().Match(command);
        return sleep.Success ? long.Parse(sleep.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"(?:^|[\s/])sleep (\d{1,6})(?:s|\s|;|$)")]
    private static partial Regex SleepCommand();

    private static bool IsSidecar(Fields container) => container.Text("restartPolicy") == "Always";

    private static IEnumerable<ContainerPort> ContainerPorts(Fields container)
    {
        HashSet<string> names = [];
        foreach (Fields port in container.Mappings("ports"))
        {
            long? number = port.Integer("containerPort", 1, 65_535);
            if (!port.Has("containerPort"))
                port.Error("required-field", "containerPort", "The field \"containerPort\" is required");
            if (port.Text("name") is { Length: > 0 } name && !Names.IsPortName(name))
                port.Error("invalid-name", "name", $"\"{name}\" is no name of a container port: {Names.PortNameRule}");
            else if (port.Text("name") is { Length: > 0 } known && !names.Add(known))
                port.Error("duplicate-port", "name", $"Two ports of the container have the name \"{known}\"");
            if (number is not null)
                yield return new ContainerPort(port.Text("name") ?? "", (int)number, port.Word("protocol", Words.Protocols) ?? Protocol.TCP);
        }
    }

    // Ports by name are container ports.
    private static IEnumerable<int> ProbePorts(Fields container)
    {
        foreach (string probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
            foreach (string handler in (string[])["httpGet", "tcpSocket", "grpc"])
                if (container.Mapping(probe)?.Mapping(handler)?.Text("port") is { } port
                    && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    yield return number;
    }

    // A limit without a request is a request, too.
    private static (long MilliCpu, long MemoryBytes) Requests(Fields spec)
    {
        long cpu = 0;
        long memory = 0;
        foreach (Fields container in spec.Mappings("containers"))
        {
            Fields? resources = container.Mapping("resources");
            Fields? requests = resources?.Mapping("requests");
            Fields? limits = resources?.Mapping("limits");
            cpu += (long)Math.Ceiling(1_000 * (requests?.Quantity("cpu", 0, MostCores) ?? limits?.Quantity("cpu", 0, MostCores) ?? 0));
            memory += (long)(requests?.Quantity("memory", 0, MostBytes) ?? limits?.Quantity("memory", 0, MostBytes) ?? 0);
        }
        return (cpu, memory);
    }

    private static ImmutableArray<LabelSelector> NodeTerms(Fields? affinity)
    {
        Fields? required = affinity?.Mapping("nodeAffinity")?.Mapping("requiredDuringSchedulingIgnoredDuringExecution");
        return required is null ? [] :
        [
            .. required.Mappings("nodeSelectorTerms").Select(term => new LabelSelector { Requirements = [.. Words.Requirements(term, "matchExpressions")] }),
        ];
    }

    private static ImmutableArray<PodAntiAffinityTerm> AntiAffinity(Fields? affinity)
    {
        if (affinity?.Mapping("podAntiAffinity") is not { } anti)
            return [];
        ImmutableArray<PodAntiAffinityTerm>.Builder terms = ImmutableArray.CreateBuilder<PodAntiAffinityTerm>();
        foreach (Fields term in anti.Mappings("requiredDuringSchedulingIgnoredDuringExecution"))
            terms.Add(new PodAntiAffinityTerm(Words.Selector(term.Mapping("labelSelector")), term.Required("topologyKey", Node.HostnameLabel), true));
        foreach (Fields weighted in anti.Mappings("preferredDuringSchedulingIgnoredDuringExecution"))
            if (weighted.Mapping("podAffinityTerm") is { } term)
                terms.Add(new PodAntiAffinityTerm(Words.Selector(term.Mapping("labelSelector")), term.Required("topologyKey", Node.HostnameLabel), false));
        return terms.ToImmutable();
    }

    private static Toleration Toleration(Fields toleration)
    {
        string key = toleration.Text("key") ?? "";
        bool exists = toleration.Word("operator", "Equal", "Exists") == "Exists";
        string value = toleration.Text("value") ?? "";
        if (exists && value.Length > 0)
            toleration.Error("invalid-toleration", "value", "A toleration with operator Exists has no value");
        if (!exists && key.Length == 0)
            toleration.Error("invalid-toleration", "operator", "A toleration without a key tolerates every taint and needs operator Exists", "operator: Exists");
        string effect = toleration.Text("effect") is { Length: > 0 } ? toleration.Word("effect", NodeReader.Effects) ?? "" : "";
        return new Toleration(key, exists, value, effect);
    }

    private static TopologySpreadConstraint Spread(Fields constraint) => new(
        (int)(constraint.Integer("maxSkew", 1, int.MaxValue) ?? 1),
        constraint.Required("topologyKey", Node.ZoneLabel),
        constraint.Word("whenUnsatisfiable", "DoNotSchedule", "ScheduleAnyway") != "ScheduleAnyway",
        Words.Selector(constraint.Mapping("labelSelector")));

    private static ImmutableArray<IpAddress> Addresses(Fields? status)
    {
        if (status is null)
            return [];
        ImmutableArray<IpAddress> addresses = [.. status.Mappings("podIPs").Select(item => Words.Address(item, "ip")).OfType<IpAddress>()];
        return !addresses.IsEmpty ? addresses : Words.Address(status, "podIP") is { } single ? [single] : [];
    }
}
