using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class TerminalTests
{
    private static readonly Problem Warning = new(Severity.Warning, "a-rule", new SourcePosition("web.yaml", 3, 5), "spec.type", "is odd");

    [Test]
    public void Problems_are_colored_on_a_terminal_only()
    {
        Assert.That(Printed(terminal: false), Is.EqualTo("web.yaml:3:5: warning: spec.type: is odd\n"));
        Assert.That(Printed(terminal: true), Is.EqualTo("\u001b[33mweb.yaml:3:5\u001b[0m: warning: spec.type: is odd\n"));
    }

    [TestCase("NO_COLOR", "1")]
    [TestCase("TERM", "dumb")]
    public void Color_can_be_switched_off(string variable, string value)
    {
        Assert.That(Printed(terminal: true, new() { [variable] = value }), Does.Not.Contain("\u001b"));
    }

    [Test]
    public void Warnings_leave_an_input_usable_and_errors_do_not()
    {
        CommandConsole console = new TestConsole().Console();

        Assert.That(ProblemWriter.Write([Warning], console), Is.True);
        Assert.That(ProblemWriter.Write([Warning, Warning with { Severity = Severity.Error }], console), Is.False);
    }

    [Test]
    public void Progress_says_nothing_in_the_first_two_seconds_and_clears_its_line_at_the_end()
    {
        TestConsole console = new();
        TestClock clock = new();
        using (ProgressLine progress = new(console.Console(terminal: true) with { Clock = clock }, "simulating"))
        {
            clock.Seconds = 1.9;
            progress.Report(0.1);
            Assert.That(console.Error, Is.Empty);
            clock.Seconds = 3;
            progress.Report(0.25);
            clock.Seconds = 3.1;
            progress.Report(0.26);
        }

        Assert.That(console.Error, Is.EqualTo("\rsimulating: [#####...............] 25% after 3 s, about 9 s left\r" + new string(' ', 64) + "\r"));
    }

    [Test]
    public void Progress_in_a_log_is_a_plain_line_every_ten_seconds()
    {
        TestConsole console = new();
        TestClock clock = new();
        using (ProgressLine progress = new(console.Console() with { Clock = clock }, "simulating"))
            for (int second = 0; second <= 25; second++)
            {
                clock.Seconds = second;
                progress.Report(second / 100.0);
            }

        Assert.That(console.Error, Is.EqualTo("simulating: 10% after 10 s, about 90 s left\nsimulating: 20% after 20 s, about 80 s left\n"));
    }

    [Test]
    public void Strings_that_yaml_would_take_for_something_else_are_quoted()
    {
        JsonObject document = new()
        {
            ["plain"] = "web",
            ["version"] = "1.10",
            ["switch"] = "on",
            ["nothing"] = "null",
            ["empty"] = "",
            ["number"] = 1.5,
            ["truth"] = true,
            ["list"] = new JsonArray("a", "0x1F"),
            ["text"] = "two\nlines: here # not a comment",
        };

        string yaml = YamlText.FromJson(document.ToJsonString());

        Assert.That(yaml, Does.Contain("plain: web\n"));
        Assert.That(yaml, Does.Contain("version: \"1.10\"\n"));
        Assert.That(yaml, Does.Contain("switch: \"on\"\n"));
        Assert.That(yaml, Does.Contain("nothing: \"null\"\n"));
        Assert.That(yaml, Does.Contain("empty: \"\"\n"));
        Assert.That(yaml, Does.Contain("number: 1.5\n"));
        Assert.That(yaml, Does.Contain("truth: true\n"));
        Assert.That(yaml, Does.Contain("- \"0x1F\"\n"));
        Assert.That(yaml, Does.Not.Contain("..."));
        Assert.That(k8s.KubernetesYaml.Deserialize<Dictionary<string, object>>(yaml)["text"], Is.EqualTo("two\nlines: here # not a comment"));
    }

    private static string Printed(bool terminal, Dictionary<string, string>? environment = null)
    {
        TestConsole console = new();
        ProblemWriter.Write([Warning], console.Console(terminal: terminal, environment: environment));
        return console.Error;
    }

    private sealed class TestClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => (long)(Seconds * 1_000);
    }
}
