using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>
/// Checks what a Scenario says of objects against the objects that were given. What takes a running cluster (who calls, which host a URL
/// means) is checked where there is one.
/// </summary>
internal sealed class ScenarioReferences(ClusterObjects objects, List<Problem> problems)
{
    // CoreDNS, which a cluster gets where no file gives it.
    private static readonly ImmutableSortedDictionary<string, string> SystemPod = ObjectMeta.NoLabels.Add("k8s-app", "kube-dns");

    /// <summary>The scenario with every name found; what is not found is reported.</summary>
    public static Scenario Resolve(Scenario scenario, List<Problem> problems)
    {
        ScenarioReferences references = new(scenario.Objects, problems);
        foreach (Backend backend in scenario.Backends)
            references.Check(backend, scenario.Cluster.SystemServices);
        return scenario with { Timeline = [.. scenario.Timeline.Select(references.Resolve)] };
    }

    private void Check(Backend backend, bool hasSystemPods)
    {
        bool isAnywhere = backend.Namespace is null;
        bool Selects(string space, ImmutableSortedDictionary<string, string> labels) =>
            (isAnywhere || backend.Namespace == space) && backend.Selector.Matches(labels);

        // Without any object there is nothing to hold a backend against, which its author learns soon enough.
        if ((objects.Controllers.IsEmpty && objects.Pods.IsEmpty)
            || (hasSystemPods && Selects("kube-system", SystemPod))
            || objects.Controllers.Any(controller => Selects(controller.Meta.Namespace, controller.TemplateLabels))
            || objects.Pods.Any(pod => Selects(pod.Meta.Namespace, pod.Meta.Labels)))
            return;
        string where = isAnywhere ? "" : $" in namespace '{backend.Namespace}'";
        problems.Add(new Problem(Severity.Warning, "backend-without-pods", backend.Origin.Of("selector"), "backends.selector",
            $"No pod{where} matches '{backend.Selector}', so that this backend has no effect"));
    }

    private TimelineEvent Resolve(TimelineEvent item) => item is TimelineEvent.Scale scale ? Resolve(scale) : item;

    // A Scenario need not say the namespace where only one controller can be meant.
    private TimelineEvent.Scale Resolve(TimelineEvent.Scale scale)
    {
        PodController[] meant = [.. objects.Controllers.Where(controller => controller.Kind == scale.Kind && controller.Meta.Name == scale.Name
            && (scale.Namespace.Length == 0 || controller.Meta.Namespace == scale.Namespace))];
        if (meant is [var controller])
            return scale with { Namespace = controller.Meta.Namespace };
        string field = $"scale.{char.ToLowerInvariant(scale.Kind.ToString()[0])}{scale.Kind.ToString()[1..]}";
        string where = scale.Namespace.Length == 0 ? "" : $" in namespace '{scale.Namespace}'";
        string[] names = [.. objects.Controllers.Where(controller => controller.Kind == scale.Kind).Select(controller => controller.Meta.Name).Distinct()];
        (string message, string? help) = meant.Length == 0
            ? ($"There is no {scale.Kind} \"{scale.Name}\"{where}", Spelling.Help(scale.Name, names))
            : ($"There are several {scale.Kind}s \"{scale.Name}\"", $"namespace: {meant[0].Meta.Namespace}");
        problems.Add(new Problem(Severity.Error, "unknown-controller", scale.Origin.Of(field), $"timeline.{field}", message, help));
        return scale;
    }
}
