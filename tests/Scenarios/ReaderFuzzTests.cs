using System.Text;
using CsCheck;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Whatever the bytes are, the reader answers: a scenario, or at least one error with a place in the file.</summary>
internal sealed class ReaderFuzzTests
{
    private const long Rounds = 600;

    private const string Markup = "{}[]:,-&*?!|>%@`#\"'\\ \n\r\t~<=._/0aZé\u2028\u0000\uFEFF";

    private static readonly string[] Good =
    [
        File.ReadAllText(RepositoryRoot.Combine("samples", "service-types", "echo.yaml")),
        File.ReadAllText(RepositoryRoot.Combine("tests", "Scenarios", "Live", "cluster.yaml")),
        """{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ports": [{"port": 80, "targetPort": "http"}]}}]}""",
        """
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: fuzz}
        spec:
          cluster: {nodes: 3, zones: [a, b], kubeProxy: {mode: ipvs, scheduler: lc}, node: {cpu: 500m, memory: 1Gi}, podCIDRs: [10.0.0.0/16]}
          workloads:
          - &first
            name: one
            from: {pods: {namespace: shop, selector: {matchExpressions: [{key: app, operator: In, values: [a]}]}}}
            to: http://[::1]:80/x?y=z
            arrivals: {bursts: {onRate: 5/s, offRate: 0/s, meanOn: 1s, meanOff: 1m30s}}
            connections: {reuse: keepAlive, perClient: 2}
          - {<<: *first, name: two, arrivals: {recorded: {times: [0, 1ms, 2ms], repeat: true}}}
          backends: [{selector: {app: a}, serviceTime: {empirical: {values: [1ms, 2ms]}}, queue: 5}]
          timeline: [{at: 1s, scale: {deployment: web, replicas: 6}}]
          network: {sameZone: {latency: 50us, jitter: 5us, bandwidth: 10Gbps}}
          run: {duration: 10s, warmup: 1s, replications: 2, seed: 7}
        """,
    ];

    // Where, what (0 delete, 1 write, 2 insert, 3 double a part, 4 cut off), which character, how long.
    private static readonly Gen<(double Where, int What, char Mark, int Length)> Change =
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 4], Gen.Char[Markup], Gen.Int[1, 40]);

    private static readonly Gen<string> Damaged =
        Gen.Select(Gen.Int[0, Good.Length - 1], Change.Array[1, 6], (file, changes) => changes.Aggregate(Good[file], Apply));

    [Test]
    public void Damaged_files_are_answered_and_every_error_has_a_place_in_them() => Damaged.Sample(text =>
    {
        ScenarioReading reading = Reading.Of(text);

        int lines = text.Split(['\n', '\r', '\u2028', '\u2029', '\u0085']).Length;
        bool answered = reading.Scenario is not null ^ reading.Problems.Any(problem => problem.Severity == Severity.Error);
        return answered && reading.Problems.All(problem => problem.Position.Line >= 1 && problem.Position.Line <= lines + 1 && problem.Position.Column >= 1
            && problem.Message.Length > 0 && !problem.ToString().Contains("YamlDotNet", StringComparison.Ordinal));
    }, iter: Rounds, threads: 1, seed: "0000KOIa36F3");

    [Test]
    public void Any_bytes_are_answered() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        ScenarioReading reading = Reading.Of(bytes);

        return reading.Scenario is null && Reading.Errors(reading).Length > 0;
    }, iter: Rounds, threads: 1, seed: "0000KOIa36F3");

    [Test]
    public void Any_values_of_any_fields_are_answered()
    {
        string[] values = ["", "~", "-1", "1e999", ".nan", "99999999999999999999", "0x7fffffffffffffff", "[]", "{}", "[[[]]]", "{a: {b: c}}", "\"\\uD800\"", "yes", "-.inf", "1/0", "0/s", "1e30d", "::", "0.0.0.0/33", "\"\""];
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Double[0, 1], Gen.Int[0, values.Length - 1], (file, where, value) => WithValue(Good[file], where, values[value]))
            .Sample(text => Reading.Of(text).Problems.All(problem => problem.Position.Line >= 1), iter: Rounds, threads: 1, seed: "0000KOIa36F3");
    }

    [Test]
    public void Every_beginning_of_a_file_is_answered()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Good[3]);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ScenarioReading reading = Reading.Of(bytes[..length]);

            Assert.That(reading.Scenario is null, Is.EqualTo(Reading.Errors(reading).Length > 0), $"{length} bytes");
        }
    }

    private static string Apply(string text, (double Where, int What, char Mark, int Length) change)
    {
        int place = (int)(change.Where * text.Length);
        int end = Math.Min(text.Length, place + change.Length);
        return change.What switch
        {
            0 => text.Remove(place, end - place),
            1 when place < text.Length => text[..place] + change.Mark + text[(place + 1)..],
            3 => text.Insert(place, text[place..end]),
            4 => text[..place],
            _ => text.Insert(place, change.Mark.ToString()),
        };
    }

    // What stands after one of the colons becomes another value.
    private static string WithValue(string text, double where, string value)
    {
        int colon = text.IndexOf(": ", (int)(where * text.Length), StringComparison.Ordinal);
        if (colon < 0)
            return text;
        int end = text.IndexOfAny([',', '}', '\n'], colon);
        return $"{text[..colon]}: {value}{text[(end < 0 ? text.Length : end)..]}";
    }
}
