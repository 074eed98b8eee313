using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model.Objects;

/// <summary>What a pod asks for: the part that a pod and a controller's template share.</summary>
public sealed record PodSpec
{
    /// <summary>Named container ports, for Services whose targetPort is a name; in manifest order.</summary>
    public ImmutableArray<ContainerPort> Ports { get; init; } = [];

    /// <summary>TCP ports that probes of the containers connect to by number.</summary>
    public ImmutableArray<int> ProbePorts { get; init; } = [];

    /// <summary>Images of the containers, in manifest order.</summary>
    public ImmutableArray<string> Images { get; init; } = [];

    /// <summary>Sum of the containers' CPU requests, in thousandths of a core.</summary>
    public long RequestedMilliCpu { get; init; }

    /// <summary>Sum of the containers' memory requests, in bytes.</summary>
    public long RequestedMemoryBytes { get; init; }

    /// <summary>Labels that the node must have (<c>nodeSelector</c>).</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ObjectMeta.NoLabels;

    /// <summary>Required node affinity: any of the terms must match. Empty means no requirement.</summary>
    public ImmutableArray<LabelSelector> NodeAffinityTerms { get; init; } = [];

    /// <summary>Required pod anti-affinity.</summary>
    public ImmutableArray<PodAntiAffinityTerm> AntiAffinity { get; init; } = [];

    /// <summary>How the pod wants its kind spread.</summary>
    public ImmutableArray<TopologySpreadConstraint> TopologySpread { get; init; } = [];

    /// <summary>Which taints it tolerates.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary><c>spec.nodeName</c>: the pod skips the scheduler; null where unset.</summary>
    public string? NodeName { get; init; }

    /// <summary><c>spec.hostname</c>; null where unset.</summary>
    public string? Hostname { get; init; }

    /// <summary><c>spec.subdomain</c>; null where unset.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Whether the pod uses its node's network and address.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>What it says of its resolver.</summary>
    public PodDns Dns { get; init; } = PodDns.Unset;

    /// <summary>How long a pod that is being deleted may take until it is killed, <c>terminationGracePeriodSeconds</c> [ns].</summary>
    public long TerminationGraceNs { get; init; } = 30_000_000_000;

    /// <summary>
    /// How long the pod goes on as before once it is being deleted: the longest sleep of its containers' <c>preStop</c> hooks [ns], at most
    /// <c>terminationGracePeriodSeconds</c>. Only then does the process get the signal to stop.
    /// </summary>
    public long PreStopSleepNs { get; init; }
}

/// <summary>A port that a container says it listens on.</summary>
/// <param name="Name">Name; empty where none.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Protocol">Transport protocol.</param>
public sealed record ContainerPort(string Name, int Port, Protocol Protocol);

/// <summary>Pods matching the selector must not share the value of the topology key with this pod.</summary>
/// <param name="Selector">Which pods to keep away from.</param>
/// <param name="TopologyKey">Node label whose value must differ.</param>
/// <param name="Required">Required during scheduling, or only preferred.</param>
public sealed record PodAntiAffinityTerm(LabelSelector Selector, string TopologyKey, bool Required);

/// <summary>A topology spread constraint.</summary>
/// <param name="MaxSkew">Allowed difference between the fullest and the emptiest domain, from 1.</param>
/// <param name="TopologyKey">Node label that makes the domains.</param>
/// <param name="DoNotSchedule">Whether the constraint is hard (<c>DoNotSchedule</c>) or a preference (<c>ScheduleAnyway</c>).</param>
/// <param name="Selector">Which pods are counted.</param>
public sealed record TopologySpreadConstraint(int MaxSkew, string TopologyKey, bool DoNotSchedule, LabelSelector Selector);

/// <summary>A Pod, as given or as a controller made it.</summary>
public sealed record Pod
{
    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>What it asks for. Pods of one controller share it.</summary>
    public required PodSpec Spec { get; init; }

    /// <summary>The node it runs on; null while Pending.</summary>
    public string? NodeName { get; init; }

    /// <summary>Its addresses, at most one a family, primary first. Empty while Pending.</summary>
    public ImmutableArray<IpAddress> Addresses { get; init; } = [];

    /// <summary>Whether it passes its readiness probe. Pods without a stated condition are ready once they run.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>Whether it has not been ready for <c>minReadySeconds</c> of its controller yet.</summary>
    public bool WaitsToBeAvailable { get; init; }

    /// <summary>Whether its controller counts it as available.</summary>
    public bool Available => Ready && !WaitsToBeAvailable;

    /// <summary>Whether it is being deleted (<c>metadata.deletionTimestamp</c>).</summary>
    public bool Terminating { get; init; }

    /// <summary>Whether all of its containers have ended for good (<c>status.phase</c> Succeeded or Failed).</summary>
    public bool Finished { get; init; }

    /// <summary>Why it is Pending; null when it is placed.</summary>
    public string? PendingReason { get; init; }

    /// <summary>Kind and name of the controller that made it, for example <c>Deployment/web</c>; null for a bare pod.</summary>
    public string? OwnedBy { get; init; }
}

/// <summary>The kinds of objects that make pods.</summary>
public enum PodControllerKind
{
    /// <summary>apps/v1 Deployment.</summary>
    Deployment,

    /// <summary>apps/v1 ReplicaSet.</summary>
    ReplicaSet,

    /// <summary>apps/v1 StatefulSet.</summary>
    StatefulSet,

    /// <summary>apps/v1 DaemonSet.</summary>
    DaemonSet,
}

/// <summary>A Deployment, ReplicaSet, StatefulSet or DaemonSet: something that makes pods from a template.</summary>
public sealed record PodController
{
    /// <summary>Which kind it is.</summary>
    public required PodControllerKind Kind { get; init; }

    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>How many pods; ignored by a DaemonSet.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Labels of the pods it makes.</summary>
    public ImmutableSortedDictionary<string, string> TemplateLabels { get; init; } = ObjectMeta.NoLabels;

    /// <summary>What its pods ask for.</summary>
    public required PodSpec Template { get; init; }

    /// <summary>How its pods are replaced when the template changes.</summary>
    public RolloutStrategy Rollout { get; init; } = RolloutStrategy.Default;

    /// <summary>When its template was changed last [ns since the start of a run]; null where it is as written.</summary>
    public long? TemplateChangedAtNs { get; init; }

    /// <summary>How many pods it was to have before the last change of that number, which it may still be carrying out.</summary>
    public int ReplicasBefore { get => field < 0 ? Replicas : field; init; } = -1;

    /// <summary>The hash of its template: the value of the label <c>pod-template-hash</c> or <c>controller-revision-hash</c> of its pods.</summary>
    public string TemplateHash =>
        NameSuffix.Of(TemplateChangedAtNs is { } at ? string.Create(CultureInfo.InvariantCulture, $"{Meta.FullName} {at}") : Meta.FullName, -1, 9);

    /// <summary>StatefulSet: the governing headless Service (<c>spec.serviceName</c>), the subdomain of its pods.</summary>
    public string? ServiceName { get; init; }

    /// <summary>StatefulSet: first ordinal (<c>spec.ordinals.start</c>).</summary>
    public int OrdinalStart { get; init; }

    /// <summary>Kind and name of a controller that owns this one (a Deployment's ReplicaSet); null where none.</summary>
    public string? OwnedBy { get; init; }
}
