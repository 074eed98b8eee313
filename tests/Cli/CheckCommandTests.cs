using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>What <c>check</c> says, in which form, and with which exit code.</summary>
public sealed class CheckCommandTests
{
    private const string Good = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
        """;

    private static readonly string Warned = Good.Replace("selector: {app: web}, ports", "publishNotReadyAddresses: true, selector: {app: web}, ports", StringComparison.Ordinal);
    private static readonly string Wrong = Good.Replace("port: 80", "port: 80000", StringComparison.Ordinal);

    [TestCase("table", "")]
    [TestCase("json", "[]\n")]
    [TestCase("yaml", "[]\n")]
    public async Task Where_nothing_is_wrong_nothing_is_found(string format, string expected)
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Good, "check", "-", "-o", format);

        Assert.That((code, console.Output, console.Error), Is.EqualTo((ExitCodes.Done, expected, "nothing found\n")));
    }

    [Test]
    public async Task A_finding_says_where_how_bad_what_which_rule_and_what_to_write()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Wrong, "check", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(console.Output, Is.EqualTo("-:14:57: error: spec.ports[0].port: 80000 is not between 1 and 65535 [out-of-range]\n"));
        Assert.That(console.Error, Is.EqualTo("1 error, 0 warnings, 0 pieces of advice\n"));
    }

    [TestCase(ExitCodes.Done)]
    [TestCase(ExitCodes.Failed, "--strict")]
    public async Task Warnings_fail_only_where_they_shall(int expected, params string[] options)
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Warned, ["check", "-", .. options]);

        Assert.That(code, Is.EqualTo(expected));
        Assert.That(console.Output, Does.Contain("-:14:34: warning: ").And.Contain("[unready-endpoints]\n    write: "));
    }

    [Test]
    public async Task Json_has_the_fields_that_scripts_rely_on()
    {
        TestConsole console = new();

        await console.RunWithInputAsync(Warned, "check", "-", "-o", "json");

        JsonElement finding = JsonDocument.Parse(console.Output).RootElement[0];
        Assert.That(finding.EnumerateObject().Select(field => field.Name), Is.EqualTo("severity rule file line column field message help".Split(' ')));
        Assert.That((finding.GetProperty("severity").GetString(), finding.GetProperty("line").GetInt32()), Is.EqualTo(("warning", 14)));
    }

    [Test]
    public async Task Input_that_is_no_YAML_ends_with_2_and_the_other_documents_are_checked_all_the_same()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-check").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.yaml"), "kind: [unclosed\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "b.yaml"), Wrong);
        TestConsole console = new();

        int code = await console.RunAsync("check", folder, "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(RulesOf(console), Is.EqualTo(["yaml-syntax", "out-of-range"]));
        Assert.That(console.Error, Does.Contain("not checked: pitfalls"));
    }

    [Test]
    public async Task An_error_hides_no_pitfall_of_another_object_and_blames_nobody_else()
    {
        TestConsole console = new();

        await console.RunWithInputAsync($"{Wrong}\n---\n{Warned.Replace("name: web}", "name: shop}", StringComparison.Ordinal)}", "check", "-", "-o", "json");

        Assert.That(RulesOf(console), Is.EqualTo(["out-of-range", "unready-endpoints"]));
    }

    [Test]
    public async Task Kinds_without_a_part_in_the_network_are_no_findings_and_are_named()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync($"{Good}\n---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: s}}}}", "check", "-");

        Assert.That((code, console.Output), Is.EqualTo((ExitCodes.Done, "")));
        Assert.That(console.Error, Does.Contain("not checked: Objects of kind ConfigMap (v1)"));
    }

    [Test]
    public async Task A_rule_explains_itself()
    {
        TestConsole console = new();

        int code = await console.RunAsync("check", "--explain", "local-policy-without-pods");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Output, Does.StartWith("local-policy-without-pods\n\n*warning* · ").And.Contain("**Why it hurts.**").And.Contain("**Write instead.**"));
    }

    [TestCase("check")]
    [TestCase("check", "--explain", "no-such-rule")]
    public async Task Bad_usage_ends_with_2(params string[] args)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync(args), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.StartWith("kubenetsim: check: "));
    }

    [TestCase("rule-cost")]
    [TestCase("service-types")]
    public async Task Samples_are_written_as_we_advise(string sample)
    {
        TestConsole console = new();

        await console.RunAsync("check", RepositoryRoot.Combine("samples", sample), "-o", "json");

        Assert.That(JsonDocument.Parse(console.Output).RootElement.EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() != "info"), Is.Empty);
    }

    [Test]
    public async Task A_thousand_good_documents_take_seconds_and_nothing_is_found()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-check").FullName;
        int documents = GoodFolder.Write(folder);
        TestConsole console = new();
        Stopwatch watch = Stopwatch.StartNew();

        int code = await console.RunAsync("check", folder);

        Assert.That(documents, Is.EqualTo(1_000));
        Assert.That((code, console.Output, console.Error), Is.EqualTo((ExitCodes.Done, "", "nothing found\n")));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "1 to 2 s on an idle machine");
    }

    [Test]
    public async Task Sarif_has_what_its_schema_requires()
    {
        TestConsole console = new();

        await console.RunAsync("check", RepositoryRoot.Combine("tests", "Cli", "Pitfalls"), "-o", "sarif");

        JsonElement log = JsonDocument.Parse(console.Output).RootElement;
        JsonElement run = log.GetProperty("runs")[0];
        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.That(log.GetProperty("version").GetString(), Is.EqualTo("2.1.0"));
        Assert.That(results, Has.Length.GreaterThan(40));
        Assert.That(rules.Select(rule => rule.GetProperty("id").GetString()), Is.Unique);
        foreach (JsonElement result in results)
        {
            Assert.That(rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), Is.EqualTo(result.GetProperty("ruleId").GetString()));
            Assert.That(result.GetProperty("level").GetString(), Is.AnyOf("error", "warning", "note"));
            Assert.That(result.GetProperty("message").GetProperty("text").GetString(), Is.Not.Empty);
            JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.That(Uri.TryCreate(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute, out _), Is.True);
            Assert.That(place.GetProperty("region").GetProperty("startLine").GetInt32(), Is.Positive);
            Assert.That(place.GetProperty("region").GetProperty("startColumn").GetInt32(), Is.Positive);
        }
        foreach (JsonElement rule in rules.Where(rule => rule.TryGetProperty("helpUri", out _)))
            Assert.That(Uri.TryCreate(rule.GetProperty("helpUri").GetString(), UriKind.Absolute, out _), Is.True);
        Assert.That(rules.Select(rule => rule.GetProperty("help").GetProperty("markdown").GetString()), Has.All.Contains("**Write instead.**"));
    }

    [Test]
    public async Task Severities_are_those_of_the_page()
    {
        TestConsole console = new();

        await console.RunAsync("check", RepositoryRoot.Combine("tests", "Cli", "Pitfalls"), RepositoryRoot.Combine("tests", "Scenarios", "Broken", "service-words.yaml"), "-o", "json");

        foreach (JsonElement finding in JsonDocument.Parse(console.Output).RootElement.EnumerateArray())
            Assert.That(RuleCatalog.Find(finding.GetProperty("rule").GetString()!)?.Severity.ToString().ToLower(CultureInfo.InvariantCulture),
                Is.EqualTo(finding.GetProperty("severity").GetString()), finding.ToString());
    }

    [Test]
    public async Task Pieces_of_files_never_break_it()
    {
        string[] files = [.. Directory.EnumerateFiles(RepositoryRoot.Combine("tests", "Cli", "Pitfalls")).Order(StringComparer.Ordinal)];
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            string good = await File.ReadAllTextAsync(files[random.Next(files.Length)]);
            StringBuilder text = new(good);
            for (int change = 1 + random.Next(4); change > 0; change--)
                text[random.Next(text.Length)] = "{}[]:,-&*\"'\n #|>0aZ"[random.Next(19)];
            TestConsole console = new();

            int code = await console.RunWithInputAsync(text.ToString(), "check", "-");

            Assert.That(code, Is.AnyOf(ExitCodes.Done, ExitCodes.Failed, ExitCodes.BadInput), text.ToString());
        }
    }

    internal static string[] RulesOf(TestConsole console) =>
        [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()!)];
}
