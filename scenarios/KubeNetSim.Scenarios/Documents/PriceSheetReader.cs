using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>What reading a PriceSheet gave.</summary>
/// <param name="Sheet">The sheet; null where an error stands.</param>
/// <param name="Problems">What its author should know.</param>
/// <param name="Fingerprint">SHA-256 of the document, in hexadecimal: equal text means equal prices.</param>
public sealed record PriceSheetReading(PriceSheet? Sheet, ImmutableArray<Problem> Problems, string Fingerprint);

/// <summary>Reads PriceSheets: those that come with the simulator, and users' own. What a sheet does not say is not charged.</summary>
public static class PriceSheetReader
{
    private const double MostPrice = 1e9;
    private const double MostAmount = 1e15;

    /// <summary>The list prices that come with the simulator for a cloud, by its name in lower case; null for one that charges nothing.</summary>
    public static PriceSheet? BuiltIn(string cloud)
    {
        if (cloud is not ("aws" or "gcp" or "azure"))
            return null;
        List<Problem> problems = [];
        ManifestNode document = ManifestParser.Parse($"{cloud}.yaml", Text(cloud), problems).Single();
        PriceSheet? sheet = Document(new Fields((MappingNode)document, "", problems));
        return problems.Count == 0 ? sheet : throw new InvalidDataException($"{problems[0].Position}: {problems[0].Message}");
    }

    /// <summary>Reads the one PriceSheet of a file.</summary>
    public static PriceSheetReading Read(string path)
    {
        List<Problem> found = [];
        MappingNode[] documents =
        [
            .. new InputFiles(null, found).Read([path]).SelectMany(file => ManifestParser.Parse(file, found)).OfType<MappingNode>()
                .Where(node => node.Find("kind") is ScalarNode { Text: "PriceSheet" }),
        ];
        if (documents.Length != 1 && found.Count == 0)
            found.Add(new Problem(Severity.Error, "no-price-sheet", new SourcePosition(path, 1, 1), "kind",
                $"The file must hold one document of kind PriceSheet and holds {documents.Length}", "apiVersion: kubenetsim.io/v1alpha1, kind: PriceSheet"));
        PriceSheet? sheet = documents.Length == 1 ? Document(new Fields(documents[0], "", found)) : null;
        InputDigest digest = new();
        foreach (MappingNode document in documents)
            digest.Add(document);
        return new PriceSheetReading(found.Any(problem => problem.Severity == Severity.Error) ? null : sheet, [.. found], digest.ToHex());
    }

    /// <summary>The spec of a PriceSheet.</summary>
    internal static PriceSheet Sheet(Fields spec, string name)
    {
        string unit = spec.Word("gigabyte", "GB", "GiB") ?? "GB";
        PriceSheet sheet = new()
        {
            Name = name,
            Region = spec.Text("region") ?? "no region stated",
            Currency = spec.Text("currency") ?? "USD",
            AsOf = Day(spec),
            LoadBalancer = LoadBalancer(spec),
            Capacity = Capacity(spec),
            ProcessedGigabyte = Priced(spec, "processed", "price")[0],
            CrossZoneSent = Priced(spec, "crossZone", "sent", "received") is var crossZone ? crossZone[0] : 0,
            CrossZoneReceived = crossZone[1],
            InternetEgress = Tiers(spec),
            Compute = spec.Has("compute") && Priced(spec, "compute", "vcpuHour", "gibHour") is [var vcpu, var gib] ? new ComputePrice(vcpu, gib) : null,
            BytesPerGigabyte = unit == "GiB" ? 1L << 30 : 1e9,
        };
        spec.Close();
        return sheet;
    }

    private static PriceSheet? Document(Fields document)
    {
        string name = document.Mapping("metadata")?.Required("name", "name: my-prices") ?? "";
        document.Text("apiVersion");
        document.Text("kind");
        Fields? spec = document.Mapping("spec");
        if (spec is null)
            document.Error("required-field", "spec", "A PriceSheet needs a spec");
        document.Close();
        return spec is null ? null : Sheet(spec, name);
    }

    // Prices age: a bill always says of which day they are.
    private static string Day(Fields spec)
    {
        string day = spec.Required("asOf", "asOf: \"2026-09-20\"");
        if (day.Length > 0 && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            spec.Error("wrong-type", "asOf", $"This must be a day as YYYY-MM-DD, and is \"{day}\"", "asOf: \"2026-09-20\"");
        return day;
    }

    private static LoadBalancerPrice LoadBalancer(Fields spec)
    {
        if (spec.Mapping("loadBalancer") is not { } price)
            return new LoadBalancerPrice(0, 0, 0);
        Fields? together = price.Mapping("together");
        LoadBalancerPrice read = new(
            together?.Number("hour", 0, MostPrice) ?? 0, (int)(together?.Integer("count", 1, 1_000_000) ?? 0), price.Number("hour", 0, MostPrice) ?? 0);
        together?.Close();
        price.Text("source");
        price.Close();
        return read;
    }

    private static CapacityPrice? Capacity(Fields spec)
    {
        if (spec.Mapping("capacity") is not { } price)
            return null;
        CapacityPrice read = new(
            price.Text("unit") ?? "unit", price.Number("hour", 0, MostPrice) ?? 0,
            price.Number("newConnectionsPerSecond", 1e-9, MostAmount) ?? double.PositiveInfinity,
            price.Number("gigabytesPerHour", 1e-9, MostAmount) ?? double.PositiveInfinity);
        price.Text("source");
        price.Close();
        return read;
    }

    private static double[] Priced(Fields spec, string key, params string[] names)
    {
        if (spec.Mapping(key) is not { } price)
            return new double[names.Length];
        double[] read = [.. names.Select(name => price.Number(name, 0, MostPrice) ?? 0)];
        price.Text("source");
        price.Close();
        return read;
    }

    private static ImmutableArray<PriceTier> Tiers(Fields spec)
    {
        if (spec.Mapping("internetEgress") is not { } egress)
            return [new PriceTier(double.PositiveInfinity, 0)];
        List<PriceTier> tiers = [];
        foreach (Fields tier in egress.Mappings("tiers"))
        {
            double last = tiers.Count == 0 ? 0 : tiers[^1].UpTo;
            double upTo = tier.Number("upTo", 1e-9, MostAmount) ?? double.PositiveInfinity;
            if (upTo <= last)
                tier.Error("out-of-range", tier.Has("upTo") ? "upTo" : "price", "A tier must end above the one before it; only the last one has no end");
            tiers.Add(new PriceTier(upTo, tier.Number("price", 0, MostPrice) ?? 0));
            tier.Close();
        }
        egress.Text("source");
        egress.Close();
        // What is left goes at the price of the last tier.
        return tiers.Count == 0 ? [new PriceTier(double.PositiveInfinity, 0)] : [.. tiers[..^1], tiers[^1] with { UpTo = double.PositiveInfinity }];
    }

    private static string Text(string cloud)
    {
        using Stream stream = typeof(PriceSheetReader).Assembly.GetManifestResourceStream($"prices/{cloud}.yaml")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
