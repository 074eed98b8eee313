using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class CommandLineTests
{
    [Test]
    public async Task No_command_at_all_prints_the_help()
    {
        TestConsole console = new();

        int code = await console.RunAsync();

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Output, Does.Contain("kubenetsim init service-types"));
    }

    [TestCase("run")]
    [TestCase("trace")]
    [TestCase("get")]
    [TestCase("init")]
    [TestCase("completions")]
    public async Task The_help_of_every_command_ends_with_an_example_of_it(string command)
    {
        TestConsole console = new();

        int code = await console.RunAsync(command, "--help");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Output, Does.Contain($"Usage:\n  kubenetsim {command} "));
        string examples = console.Output[console.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.That(examples, Does.Contain($"kubenetsim {command} "));
    }

    [Test]
    public async Task A_mistyped_command_is_a_usage_error_and_suggests_the_right_one()
    {
        TestConsole console = new();

        int code = await console.RunAsync("inti");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("'inti'"));
        Assert.That(console.Error + console.Output, Does.Contain("init"));
    }

    [Test]
    public async Task An_unknown_option_is_a_usage_error()
    {
        TestConsole console = new();

        int code = await console.RunAsync("completions", "bash", "--colour");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--colour"));
        Assert.That(console.Output, Does.Not.Contain("Usage:"));
    }

    [Test]
    public async Task An_error_of_the_simulator_itself_is_one_message_without_a_stack_trace()
    {
        TestConsole console = new();
        CommandConsole broken = console.Console() with { Output = new BrokenWriter() };

        int code = await CommandLine.RunAsync(["completions", "bash"], broken, CancellationToken.None);

        Assert.That(code, Is.EqualTo(ExitCodes.InternalError));
        Assert.That(console.Error, Does.Contain("internal error: InvalidOperationException: out of order"));
        Assert.That(console.Error, Does.Contain("report"));
        Assert.That(console.Error, Does.Not.Contain("   at "));
    }

    [Test]
    public async Task KUBENETSIM_DEBUG_adds_the_stack_trace()
    {
        TestConsole console = new();
        CommandConsole broken = console.Console(environment: new() { ["KUBENETSIM_DEBUG"] = "1" }) with { Output = new BrokenWriter() };

        await CommandLine.RunAsync(["completions", "bash"], broken, CancellationToken.None);

        Assert.That(console.Error, Does.Contain("   at "));
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("out of order");
    }
}
