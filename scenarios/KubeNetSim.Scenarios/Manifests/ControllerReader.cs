namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads Deployments, ReplicaSets, StatefulSets and DaemonSets.</summary>
internal static class ControllerReader
{
    private const int MostReplicas = 1_000_000;

    public static PodController Read(Fields document, PodControllerKind kind)
    {
        ObjectMeta meta = Metadata.Read(document, kind.ToString());
        Fields? spec = document.Mapping("spec");
        if (spec is null)
        {
            document.Error("required-field", "spec", $"A {kind} needs a spec");
            return new PodController { Kind = kind, Meta = meta, Template = new PodSpec() };
        }
        Fields? template = spec.Mapping("template");
        if (template is null)
            spec.Error("required-field", "template", $"A {kind} needs a pod template");
        Fields? templateMeta = template?.Mapping("metadata");
        if (templateMeta is not null)
            LabelRules.Check(templateMeta, "labels");
        Fields? podSpec = template?.Mapping("spec");
        if (template is not null && podSpec is null)
            template.Error("required-field", "spec", "A pod template needs a spec");
        PodController controller = new()
        {
            Kind = kind,
            Meta = meta,
            Replicas = (int)(spec.Integer("replicas", 0, MostReplicas) ?? 1),
            TemplateLabels = templateMeta?.Labels("labels") ?? ObjectMeta.NoLabels,
            Template = podSpec is null ? new PodSpec() : PodReader.Spec(podSpec),
            Rollout = RolloutStrategyReader.Read(spec, kind),
            ServiceName = kind == PodControllerKind.StatefulSet ? spec.Text("serviceName") : null,
            OrdinalStart = (int)(spec.Mapping("ordinals")?.Integer("start", 0, int.MaxValue) ?? 0),
            OwnedBy = document.Mapping("metadata") is { } metadata ? PodReader.Owner(metadata) : null,
        };
        CheckSelector(spec, controller, hasTemplate: template is not null);
        return controller;
    }

    private static void CheckSelector(Fields spec, PodController controller, bool hasTemplate)
    {
        if (spec.Mapping("selector") is not { } selector)
        {
            spec.Error("required-field", "selector", $"A {controller.Kind} needs a selector", "selector: {matchLabels: {app: ...}}");
            return;
        }
        int before = selector.Problems.Count;
        LabelSelector wanted = Words.Selector(selector);
        if (hasTemplate && selector.Problems.Count == before && !wanted.Matches(controller.TemplateLabels))
            spec.Error("selector-does-not-match-template", "selector", $"The selector '{wanted}' does not match the labels of the pod template", "give the template these labels");
    }
}
