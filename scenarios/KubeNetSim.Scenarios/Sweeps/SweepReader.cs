using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>Reads a Sweep document.</summary>
public static class SweepReader
{
    private const string ApiVersion = "kubenetsim.io/v1alpha1";
    private const int MostPoints = 1_000_000;
    private const long DefaultSeed = 42;

    /// <summary>Reads the Sweep of a file.</summary>
    public static SweepReading Read(string path)
    {
        List<Problem> problems = [];
        MappingNode[] all = [.. new InputFiles(null, problems).Read([path]).SelectMany(file => ManifestParser.Parse(file, problems)).OfType<MappingNode>()];
        MappingNode[] documents = [.. all.Where(node => node.Find("kind") is ScalarNode { Text: "Sweep" })];
        if (documents.Length != 1 && problems.Count == 0)
            problems.Add(new Problem(Severity.Error, "no-sweep", new SourcePosition(path, 1, 1), "kind",
                documents.Length == 0 ? "The file holds no document of kind Sweep" : "The file holds several documents of kind Sweep", (documents.Length == 0 ? DocumentCommands.Help(all, path) : null) ?? $"apiVersion: {ApiVersion}, kind: Sweep"));
        Sweep? sweep = documents.Length == 1 ? Read(new Fields(documents[0], "", problems), Path.GetDirectoryName(path) ?? "") : null;
        return new SweepReading(problems.Any(problem => problem.Severity == Severity.Error) ? null : sweep, [.. problems]);
    }

    private static Sweep? Read(Fields document, string folder)
    {
        if (document.Text("apiVersion") != ApiVersion)
            document.Error("unsupported-api-version", "apiVersion", "A Sweep is of another apiVersion", $"apiVersion: {ApiVersion}");
        document.Text("kind");
        string name = document.Mapping("metadata")?.Required("name", "name: my-sweep") ?? "";
        if (name.Length == 0 && !document.Has("metadata"))
            document.Error("required-field", "metadata", "A Sweep needs metadata with a name");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "A Sweep needs a spec");
            return null;
        }
        document.Close();
        ImmutableArray<string> scenario = Files(spec, folder);
        Fields[] written = [.. spec.Mappings("axes")];
        AxisDocument[] axes = [.. written.Select(AxisReader.Read).OfType<AxisDocument>()];
        if (written.Length == 0)
            spec.Error("required-field", "axes", "A Sweep needs at least one axis", "axes: [{field: cluster.backgroundServices, values: [10, 1000]}]");
        CheckApart(spec, "axes", axes);
        SweepSample? sample = Sample(spec);
        Sweep sweep = new()
        {
            Name = name,
            Question = spec.Text("question") ?? "",
            Scenario = scenario,
            Metrics = [.. spec.Values("metrics").Select(metric => new WantedMetric(metric.Scalar.Text, metric.Scalar.Position, metric.Path))],
            Axes = [.. axes.Select(axis => new SweepAxis(axis.Name, [.. axis.Values.Select(value => value.Name)], axis.IsNumeric))],
            Sample = sample,
            Points = axes.Length == 0 ? [] : sample is null ? Grid(spec, "axes", axes, MostPoints) : LatinHypercube.Sample(axes, sample),
        };
        spec.Close();
        return sweep;
    }

    internal static ImmutableArray<string> Files(Fields spec, string folder)
    {
        ImmutableArray<string> files = spec.Ask("scenario") is SequenceNode ? spec.Texts("scenario") : spec.Text("scenario") is { } single ? [single] : [];
        if (files.IsEmpty)
            spec.Error("required-field", "scenario", "The files of the scenario are missing, relative to this one", "scenario: scenario.yaml");
        return [.. files.Select(file => Path.Combine(folder, file))];
    }

    // Two axes of one name would be one column, and of two that set one field only the last would count.
    internal static void CheckApart(Fields spec, string key, AxisDocument[] axes)
    {
        if (axes.GroupBy(axis => axis.Name).FirstOrDefault(same => same.Skip(1).Any()) is { } name)
            spec.Error("duplicate-axis", key, $"Two {key} have the name \"{name.Key}\"", "name: another-name");
        IEnumerable<string> fields = axes.SelectMany(axis => axis.Values.SelectMany(value => value.Overrides).Select(set => set.Path).Distinct());
        if (fields.GroupBy(field => field).FirstOrDefault(same => same.Skip(1).Any()) is { } field)
            spec.Error("duplicate-axis", key, $"Two {key} set the field {field.Key}");
    }

    private static SweepSample? Sample(Fields spec)
    {
        if (spec.Mapping("sample") is not { } sample)
            return null;
        long? size = sample.Integer("latinHypercube", 1, MostPoints);
        if (!sample.Has("latinHypercube"))
            sample.Error("required-field", "latinHypercube", "A sample needs its size", "sample: {latinHypercube: 100}");
        long seed = sample.Integer("seed", 0, long.MaxValue) ?? DefaultSeed;
        sample.Close();
        return size is { } known ? new SweepSample((int)known, (ulong)seed) : null;
    }

    // The last axis varies fastest.
    internal static ImmutableArray<SweepPoint> Grid(Fields spec, string key, AxisDocument[] axes, int most)
    {
        long count = axes.Aggregate(1L, (product, axis) => Math.Min(most + 1L, product * axis.Values.Count));
        if (count > most)
        {
            spec.Error("too-many-points", key, $"The grid has more than {most:N0} points", key == "axes" ? "sample: {latinHypercube: 1000}" : "fewer values");
            return [];
        }
        ImmutableArray<SweepPoint>.Builder points = ImmutableArray.CreateBuilder<SweepPoint>((int)count);
        int[] places = new int[axes.Length];
        for (int number = 0; number < count; number++)
        {
            int rest = number;
            for (int axis = axes.Length - 1; axis >= 0; axis--)
            {
                places[axis] = rest % axes[axis].Values.Count;
                rest /= axes[axis].Values.Count;
            }
            points.Add(PointAt(number, axes, places));
        }
        return points.MoveToImmutable();
    }

    /// <summary>The point with these places on the axes.</summary>
    internal static SweepPoint PointAt(int number, AxisDocument[] axes, int[] places) => new(
        number,
        [.. axes.Select((axis, index) => axis.Values[places[index]].Name)],
        [.. axes.SelectMany((axis, index) => axis.Values[places[index]].Overrides)]);
}
