using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Mistakes on the command line, help that fits, and names that mean the same everywhere.</summary>
public sealed class OptionTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "service-types");

    private static readonly string[] Commands =
    [
        "", "run", "trace", "resolve", "rules", "check", "test", "watch-bytes", "sweep", "sweep merge", "sweep submit", "plan", "diff", "compare", "report", "get", "describe", "init", "explain",
        "schema", "completions",
    ];

    [TestCase("run", "--durration", "3s", "run has no option --durration; did you mean --duration?")]
    [TestCase("run", "--duraton=3s", "", "run has no option --duraton; did you mean --duration?")]
    [TestCase("get", "--namespaces", "shop", "get has no option --namespaces; did you mean --namespace?")]
    [TestCase("check", "--zzz", "", "check has no option --zzz; `kubenetsim check --help` lists its options")]
    [TestCase("trace", "-x", "", "trace has no option -x")]
    [TestCase("completions", "--colour", "", "completions has no option --colour")]
    public async Task An_unknown_option_is_an_error_with_a_suggestion_and_never_a_file(string command, string option, string value, string message)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync([command, Sample, option, .. value.Length > 0 ? [value] : (string[])[]]), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.StartWith($"kubenetsim: {message}"));
        Assert.That(console.Output, Is.Empty);
    }

    [Test]
    public async Task What_follows_two_dashes_is_a_file()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("get", "svc", "--", "--durration"), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--durration:1:1: "));
    }

    [TestCaseSource(nameof(Commands))]
    public async Task The_help_of_a_command_fits_80_columns_and_ends_with_examples(string command)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]), Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines.Where(line => line.Length > 80), Is.Empty);
        string examples = console.Output[console.Output.IndexOf("Examples:\n", StringComparison.Ordinal)..];
        Assert.That(examples, Does.Contain($"  kubenetsim {command}".TrimEnd()));
    }

    [TestCase("run")]
    [TestCase("get")]
    [TestCase("plan")]
    [TestCase("sweep")]
    public async Task A_command_without_a_file_asks_for_one(string command)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync([command, .. command == "get" ? ["svc"] : (string[])[]]), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"{command}: give a FILE"));
    }

    [TestCase("run", "rule-cost/sweep.yaml", "This is a Sweep: run `kubenetsim sweep ")]
    [TestCase("trace", "replica-plan/plan.yaml", "This is a Plan: run `kubenetsim plan ")]
    [TestCase("run", "network-test/shop-test.yaml", "This is a NetworkTest: run `kubenetsim test ")]
    [TestCase("sweep", "rule-cost/scenario.yaml", "this is a Scenario: run `kubenetsim run ")]
    [TestCase("sweep", "replica-plan/plan.yaml", "this is a Plan: run `kubenetsim plan ")]
    [TestCase("plan", "rule-cost/sweep.yaml", "this is a Sweep: run `kubenetsim sweep ")]
    [TestCase("test", "replica-plan/plan.yaml", "this is a Plan: run `kubenetsim plan ")]
    public async Task A_document_of_another_kind_leads_to_its_command(string command, string file, string message)
    {
        TestConsole console = new();
        string path = RepositoryRoot.Combine("samples", file);

        Assert.That(await console.RunAsync([command, path, .. command == "trace" ? ["--from", "internet", "--to", "http://a/"] : (string[])[]]), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"{message}{path}`"));
    }

    [TestCase("pod/client")]
    [TestCase("po/client")]
    [TestCase("pod/service-types-demo/client")]
    public async Task A_pod_is_named_in_the_same_words_by_every_command(string name)
    {
        TestConsole trace = new(), resolve = new(), describe = new();

        Assert.That(await trace.RunAsync("trace", Sample, "--from", name, "--to", "http://echo-clusterip.service-types-demo/"), Is.EqualTo(ExitCodes.Done), trace.Error);
        Assert.That(await resolve.RunAsync("resolve", "echo-headless", Sample, "--from", name), Is.EqualTo(ExitCodes.Done), resolve.Error);
        Assert.That(await describe.RunAsync("describe", name, Sample), Is.EqualTo(ExitCodes.Done), describe.Error);
        Assert.That(resolve.Output, Does.Contain("status: NOERROR"));
    }

    [TestCase("--node", "node-1")]
    [TestCase("--node", "node/node-1")]
    public async Task A_node_and_a_Service_are_named_with_and_without_their_kind(string option, string node)
    {
        List<string> printed = [];
        foreach (string service in (string[])["service-types-demo/echo-clusterip", "svc/service-types-demo/echo-clusterip", "svc/echo-clusterip", "echo-clusterip"])
        {
            TestConsole console = new();
            Assert.That(await console.RunAsync("rules", Sample, option, node, "--service", service), Is.EqualTo(ExitCodes.Done), console.Error);
            printed.Add(console.Output);
        }

        Assert.That(printed.Distinct().Count(), Is.EqualTo(1));
        Assert.That(printed[0], Does.Contain("echo-clusterip"));
    }

    [TestCase("rules", "--node", "node/nobody", "no node is named 'node/nobody'; there are node/node-1")]
    [TestCase("rules", "--node", "node-1", "no Service is named 'svc/nobody'; there are service/", "--service", "svc/nobody")]
    [TestCase("describe", "", "", "there is no service 'nobody'; there are service/")]
    [TestCase("describe", "", "", "names no object: write KIND/NAME", "kinder/nobody")]
    public async Task A_name_that_there_is_not_leads_to_those_there_are(string command, string option, string value, string message, params string[] more)
    {
        TestConsole console = new();
        string[] args = command == "describe" ? ["describe", more.Length > 0 ? more[0] : "svc/nobody", Sample] : [command, Sample, option, value, .. more];

        Assert.That(await console.RunAsync(args), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain(message));
    }
}
