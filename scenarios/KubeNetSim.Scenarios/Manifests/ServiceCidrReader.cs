using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads a ServiceCIDR: at most one block a family (pkg/apis/networking/validation ValidateServiceCIDR).</summary>
internal static class ServiceCidrReader
{
    public static (ObjectMeta Meta, ImmutableArray<Cidr> Blocks) Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "ServiceCIDR");
        Fields? spec = document.Mapping("spec");
        if (spec is null || !spec.Has("cidrs"))
        {
            (spec ?? document).Error("required-field", spec is null ? "spec" : "cidrs", "A ServiceCIDR needs spec.cidrs", "cidrs: [10.96.0.0/12]");
            return (meta, []);
        }
        ImmutableArray<Cidr> blocks = Words.Cidrs(spec, "cidrs");
        if (blocks.Select(block => block.Family).Distinct().Count() != blocks.Length)
            spec.Error("invalid-cidr", "cidrs", "A ServiceCIDR has at most one block of each family");
        return (meta, blocks);
    }
}
