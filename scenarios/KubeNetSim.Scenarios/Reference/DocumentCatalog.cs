using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Reference;

/// <summary>
/// Every field of every document of ours. The tables of the pages in docs/ are their only home: <c>explain</c> prints their rows, and the JSON Schema is made of them.
/// </summary>
public static class DocumentCatalog
{
    /// <summary>The kinds of documents.</summary>
    public static ImmutableArray<DocumentKind> All { get; } = Read();

    /// <summary>A kind by its name, whatever its case; null where there is none.</summary>
    public static DocumentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<DocumentKind> Read()
    {
        DocumentPage scenario = new("scenario"), sweep = new("sweep"), plan = new("plan"), test = new("network-test"), prices = new("price-sheet");
        ImmutableArray<(string Path, DocumentField Field)> axes = [.. sweep.Rows.Where(row => row.Path.StartsWith("axes[].", StringComparison.Ordinal)).Select(row => (row.Path.Replace("axes[].", "settings[].", StringComparison.Ordinal), row.Field))];
        return
        [
            new DocumentKind("Scenario", "What manifests do not say: who asks whom how often, how pods answer, what the network does, and for how long it is watched.", scenario.Spec([.. scenario.Rows]), NeedsName: true),
            new DocumentKind("Sweep", "A grid or sample of scenarios: one Scenario, and the fields that vary.", sweep.Spec([.. sweep.Rows]), NeedsName: true),
            new DocumentKind("Plan", "A search for the smallest or cheapest setting of a Scenario that meets objectives.", plan.Spec([.. plan.Rows, .. axes]), NeedsName: true),
            new DocumentKind("NetworkTest", "Packets, look-ups and HTTP requests, and what is expected of them.", test.Spec([.. test.Rows]), NeedsName: false),
            new DocumentKind("PriceSheet", "What a cloud charges for the network of a cluster.", prices.Spec([.. prices.Rows]), NeedsName: true),
            new DocumentKind("NetworkProfile", "What the network does, for Scenarios that name it.", scenario.Spec([.. scenario.Below("network")]), NeedsName: true),
            new DocumentKind("CostProfile", "What rules cost in each back end, for Scenarios that name it.", scenario.Spec([.. scenario.Below("costs")]), NeedsName: true),
        ];
    }
}
