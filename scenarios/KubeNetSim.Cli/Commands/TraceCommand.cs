using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>trace</c>: follows one request hop by hop.</summary>
internal sealed class TraceCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly ScenarioFiles _files = new();
    private readonly Option<string> _format = Format("table", "json", "yaml");

    private readonly Option<string> _from = new("--from")
    {
        Description = "Who sends: internet, pod/NAME, pod/NAMESPACE/NAME, node/NAME or an IP address. The beginning of a pod's name is enough.",
        HelpName = "WHO",
        Required = true,
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "Where to: a URL, or ADDRESS:PORT.",
        HelpName = "WHERE",
        Required = true,
    };

    private readonly Option<string> _method = new("--method")
    {
        Description = "Method of an HTTP request, for routes that ask for it.",
        HelpName = "METHOD",
    };

    private readonly Option<string[]> _headers = new("--header", "-H")
    {
        Description = "A header of an HTTP request, 'NAME: VALUE', for routes that ask for it. Can be given several times.",
        HelpName = "HEADER",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _expect = new("--expect")
    {
        Description = "How the request should end; the exit code is 1 where it ends otherwise.",
        HelpName = "answered|refused|dropped",
    };

    private readonly ExternalHostOption _externalHosts = new();

    public TraceCommand(CommandConsole console) : base("trace", "Follow one request: what matched, what was rewritten, what it cost.")
    {
        _console = console;
        _files.AddTo(this);
        foreach (Option option in new Option[] { _from, _to, _method, _headers, _expect, _externalHosts, _format })
            Options.Add(option);
        _expect.AcceptOnlyFromAmong("answered", "refused", "dropped");
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim trace samples/service-types --from pod/client --to http://echo-clusterip.service-types-demo/
          kubenetsim trace samples/service-types --from internet --to http://echo-nodeport.service-types-demo:30080/
          kubenetsim trace samples/canary --from internet --to http://shop.example.com/ --header "X-Canary: 1"
          kubenetsim trace manifests/ --from node/node-1 --to 10.96.0.10:53 -o json
          kubenetsim trace manifests/ --from internet --to http://203.0.113.1/ --expect refused
        """;

    private int Run(ParseResult parsed)
    {
        if (_files.Read(parsed, _console) is not { } input)
            return ExitCodes.BadInput;
        if (!new TraceSource(input.Cluster).TryFind(parsed.GetRequiredValue(_from), out WorkloadSource? from, out string why))
            return Refuse($"--from: {why}");
        string target = parsed.GetRequiredValue(_to);
        if (!Notation.TryParseTarget(target, out WorkloadTarget.Url? to, out why))
            return Refuse($"--to: '{target}' is no URL: {why}");
        if (parsed.GetRequiredValue(_headers).FirstOrDefault(header => header.IndexOf(':', StringComparison.Ordinal) < 1) is { } broken)
            return Refuse($"--header: '{broken}' is no header: write 'NAME: VALUE'");
        if (!_externalHosts.TryRead(parsed, input.Scenario.Network, out NetworkProfile network, _console))
            return ExitCodes.BadInput;
        TracedRequest tracing = RequestTracer.Trace(input.Scenario with { Network = network }, input.Cluster, from, to, parsed.GetValue(_method)?.ToUpperInvariant(), parsed.GetRequiredValue(_headers).Select(HeaderOf));
        if (tracing.Trace is not { } trace)
            return Refuse(tracing.Problem!);
        if (tracing.Problem is { } warning)
            ProblemWriter.WriteUsage($"warning: {warning}", _console);
        Write(trace, parsed.GetRequiredValue(_format));
        input.WriteDefaults(_console);
        return IsAsExpected(trace, parsed.GetValue(_expect)) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private bool IsAsExpected(Trace trace, string? expected)
    {
        string ending = trace.Ending.ToString().ToLowerInvariant();
        if (expected is null || expected == ending)
            return true;
        ProblemWriter.WriteUsage($"--expect {expected}: the request is {ending}", _console);
        return false;
    }

    private static HttpHeader HeaderOf(string written)
    {
        int colon = written.IndexOf(':', StringComparison.Ordinal);
        return new HttpHeader(written[..colon].Trim(), written[(colon + 1)..].Trim());
    }

    private int Refuse(string message)
    {
        ProblemWriter.WriteUsage(message, _console);
        return ExitCodes.BadInput;
    }

    private void Write(Trace trace, string format)
    {
        if (format == "table")
            TraceReport.Write(trace, _console.Output);
        else if (format == "json")
            _console.Output.WriteLine(TraceReport.ToJson(trace));
        else
            _console.Output.Write(YamlText.FromJson(TraceReport.ToJson(trace)));
    }
}
