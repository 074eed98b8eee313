namespace KubeNetSim.Model.Controllers.Http;

/// <summary>Which controller serves an Ingress (k8s.io/api networking/v1 IngressSpec.ingressClassName).</summary>
public static class IngressClasses
{
    /// <summary>
    /// The name of its class: its own; else the default class; else empty where the files hold no class at all, which means that one
    /// controller serves everything. Null where there are classes and none is the default: then no controller serves it.
    /// </summary>
    public static string? ClassOf(Ingress ingress, HttpObjects objects)
    {
        if (ingress.ClassName is { } name)
            return name;
        // Of several defaults the newest, as the admission plugin DefaultIngressClass has it; of equals the first by name.
        IngressClass? usual = objects.IngressClasses.Where(item => item.IsDefault)
            .OrderByDescending(item => item.Meta.CreatedAtSeconds ?? 0).ThenBy(item => item.Meta.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return usual?.Meta.Name ?? (objects.IngressClasses.IsEmpty ? "" : null);
    }
}
