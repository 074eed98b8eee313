using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Warns of backends that no pod will ever use: a selector that is misspelled would otherwise leave the default in force unseen.</summary>
internal static class BackendTargets
{
    // CoreDNS, which a cluster gets where no file gives it.
    private static readonly ImmutableSortedDictionary<string, string> SystemPod = ObjectMeta.NoLabels.Add("k8s-app", "kube-dns");

    /// <summary>Reports the backends that select none of the pods given or made. Files without any pods have nothing to hold a backend against.</summary>
    public static void Check(Scenario scenario, List<Problem> problems)
    {
        (string Space, ImmutableSortedDictionary<string, string> Labels)[] pods =
        [
            .. scenario.Objects.Controllers.Select(controller => (controller.Meta.Namespace, controller.TemplateLabels)),
            .. scenario.Objects.Pods.Select(pod => (pod.Meta.Namespace, pod.Meta.Labels)),
        ];
        if (pods.Length == 0)
            return;
        if (scenario.Cluster.SystemServices)
            pods = [.. pods, ("kube-system", SystemPod)];
        foreach (Backend backend in scenario.Backends)
            if (!pods.Any(pod => (backend.Namespace ?? pod.Space) == pod.Space && backend.Selector.Matches(pod.Labels)))
                problems.Add(new Problem(Severity.Warning, "backend-without-pods", backend.Origin.Of("selector"), "spec.backends.selector",
                    $"No pod{(backend.Namespace is null ? "" : $" in namespace '{backend.Namespace}'")} matches '{backend.Selector}', so that this backend has no effect"));
    }
}
