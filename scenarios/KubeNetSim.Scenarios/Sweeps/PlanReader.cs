using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>Reads a Plan document.</summary>
public static partial class PlanReader
{
    private const string ApiVersion = "kubenetsim.io/v1alpha1";
    private const int MostSettings = 3;
    private const int MostPoints = 10_000;
    private const double LeastConfidence = 0.5;

    /// <summary>Reads the Plan of a file.</summary>
    public static PlanReading Read(string path)
    {
        List<Problem> problems = [];
        MappingNode[] all = [.. new InputFiles(null, problems).Read([path]).SelectMany(file => ManifestParser.Parse(file, problems)).OfType<MappingNode>()];
        MappingNode[] documents = [.. all.Where(node => node.Find("kind") is ScalarNode { Text: "Plan" })];
        if (documents.Length != 1 && problems.Count == 0)
            problems.Add(new Problem(Severity.Error, "no-plan", new SourcePosition(path, 1, 1), "kind",
                $"The file must hold one document of kind Plan and holds {documents.Length}", (documents.Length == 0 ? DocumentCommands.Help(all, path) : null) ?? $"apiVersion: {ApiVersion}, kind: Plan"));
        Plan? plan = documents.Length == 1 ? Read(new Fields(documents[0], "", problems), Path.GetDirectoryName(path) ?? "") : null;
        return new PlanReading(problems.Any(problem => problem.Severity == Severity.Error) ? null : plan, [.. problems]);
    }

    private static Plan? Read(Fields document, string folder)
    {
        if (document.Text("apiVersion") != ApiVersion)
            document.Error("unsupported-api-version", "apiVersion", "A Plan is of another apiVersion", $"apiVersion: {ApiVersion}");
        document.Text("kind");
        string name = document.Mapping("metadata")?.Required("name", "name: my-plan") ?? "";
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "A Plan needs a spec");
            return null;
        }
        document.Close();
        Fields[] written = [.. spec.Mappings("settings")];
        AxisDocument[] settings = [.. written.Select(AxisReader.Read).OfType<AxisDocument>()];
        if (written.Length is 0 or > MostSettings)
            spec.Error("required-field", "settings", $"A Plan has one to {MostSettings} settings, and this one has {written.Length}", "settings: [{field: replicas.web, range: {from: 1, to: 20}}]");
        SweepReader.CheckApart(spec, "settings", settings);
        Plan plan = new()
        {
            Name = name,
            Question = spec.Text("question") ?? "",
            Scenario = SweepReader.Files(spec, folder),
            Settings = [.. settings.Select(setting => new SweepAxis(setting.Name, [.. setting.Values.Select(value => value.Name)], setting.IsNumeric))],
            Points = settings.Length is 0 or > MostSettings ? [] : SweepReader.Grid(spec, "settings", settings, MostPoints),
            Objectives = ObjectiveReader.Read(spec),
            // A setting that could not be read may be the one that is meant.
            Minimise = settings.Length == written.Length ? Minimised(spec, settings) : [],
            MinimiseAt = (spec.Ask("minimise") ?? spec.Ask("settings"))?.Position ?? default,
            Workers = [.. Enumerable.Range(0, settings.Length).Where(place => IsWorkers(settings[place]))],
            Confidence = spec.Share("confidence", LeastConfidence) ?? 0.95,
            MaxReplications = (int)(spec.Integer("maxReplications", 2, 10_000) ?? 40),
        };
        if (!spec.Has("objectives"))
            spec.Error("required-field", "objectives", "A Plan needs objectives", "objectives: [latency.p99 < 50ms, errors < 0.1%]");
        if (plan.Confidence >= 1)
            spec.Error("out-of-range", "confidence", "A confidence is from 50% to below 100%", "confidence: 95%");
        spec.Close();
        return plan;
    }

    // In ascending order, since more must be what stands later.
    private static bool IsWorkers(AxisDocument setting) =>
        setting.IsNumeric && setting.Values.Select(value => double.Parse(value.Name, CultureInfo.InvariantCulture)).ToArray() is var numbers && numbers.SequenceEqual(numbers.Order())
        && setting.Values.All(value => value.Overrides is [{ Path: var path }] && ConcurrencyPath().IsMatch(path));

    private static ImmutableArray<int> Minimised(Fields spec, AxisDocument[] settings)
    {
        string[] numeric = [.. settings.Where(setting => setting.IsNumeric).Select(setting => setting.Name)];
        ImmutableArray<string> names = spec.Ask("minimise") is SequenceNode ? spec.Texts("minimise") : spec.Text("minimise") is { } single ? [single] : [.. numeric];
        if (names is ["cost" or "cost.monthly"])
            return [];
        ImmutableArray<int>.Builder places = ImmutableArray.CreateBuilder<int>();
        foreach (string name in names)
        {
            int place = Array.FindIndex(settings, setting => setting.Name == name && setting.IsNumeric);
            if (place >= 0)
                places.Add(place);
            else
                spec.Error("unknown-setting", "minimise", $"No setting of numbers has the name \"{name}\"", Spelling.Help(name, ["cost", .. numeric]));
        }
        return places.ToImmutable();
    }

    [GeneratedRegex(@"^backends\[[^\]]+\]\.concurrency$")]
    private static partial Regex ConcurrencyPath();
}
