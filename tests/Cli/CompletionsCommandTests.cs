using System.Diagnostics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class CompletionsCommandTests
{
    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("fish")]
    [TestCase("powershell")]
    public async Task Every_script_asks_the_suggest_directive(string shell)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("completions", shell), Is.EqualTo(ExitCodes.Done));

        Assert.That(console.Output, Does.Contain("[suggest:"));
    }

    [Test]
    public async Task The_suggest_directive_completes_commands()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("[suggest:13]", "kubenetsim in"), Is.EqualTo(ExitCodes.Done));

        Assert.That(console.OutputLines, Does.Contain("init"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Bash_accepts_its_script()
    {
        TestConsole console = new();
        await console.RunAsync("completions", "bash");
        ProcessStartInfo start = new("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true };

        using Process bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(console.Output);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();

        Assert.That(bash.ExitCode, Is.Zero, await bash.StandardError.ReadToEndAsync());
    }
}
