using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using KubeNetSim.DataPlane;

namespace KubeNetSim.Cli;

/// <summary><c>resolve</c>: what cluster DNS answers a pod, as dig prints it.</summary>
internal sealed class ResolveCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _name = new("NAME") { Description = "The name, as a program in a pod would write it." };
    private readonly Argument<string[]> _files = Files();
    private readonly Option<string> _from = new("--from")
    {
        Description = "Who asks: pod/NS/NAME, or the namespace of the pod.",
        HelpName = "WHO",
        DefaultValueFactory = _ => "default",
    };

    private readonly Option<string> _type = new Option<string>("--type") { Description = "Type of record.", DefaultValueFactory = _ => "A" }
        .AcceptOnlyFromAmong(Enum.GetNames<DnsRecordType>());

    private readonly Option<string> _format = Format("table", "json", "yaml");

    public ResolveCommand(CommandConsole console) : base("resolve", "Ask cluster DNS for a name, as a pod would.")
    {
        _console = console;
        Arguments.Add(_name);
        Arguments.Add(_files);
        Options.Add(_from);
        Options.Add(_type);
        Options.Add(_format);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim resolve echo-headless samples/service-types --from service-types-demo
          kubenetsim resolve _http._tcp.echo-headless samples/service-types --from service-types-demo --type SRV
        """;

    private int Run(ParseResult parsed)
    {
        if (ClusterInput.Read(parsed.GetRequiredValue(_files), _console) is not { } input)
            return ExitCodes.BadInput;
        string[] from = parsed.GetRequiredValue(_from).Split('/');
        string space = from is ["pod", var named, _] ? named : from is ["pod", _] ? "default" : from[0];
        DnsTable dns = DnsTable.Compile(input.Cluster, DnsTable.DefaultDomain, input.Scenario.Objects.Namespaces.Select(item => item.Name));
        DnsLookup lookup = dns.LookUp(parsed.GetRequiredValue(_name), Enum.Parse<DnsRecordType>(parsed.GetRequiredValue(_type)), space);
        string format = parsed.GetRequiredValue(_format);
        if (format == "table")
            Write(lookup);
        else
            _console.Output.Write(format == "json" ? ToJson(lookup) : YamlText.FromJson(ToJson(lookup)));
        return ExitCodes.Done;
    }

    private void Write(DnsLookup lookup)
    {
        foreach (DnsAnswer query in lookup.Queries.SkipLast(1))
            _console.Output.WriteLine($"; {query.Name} {query.Type}: {CodeOf(query)}{(query.Code != DnsResponseCode.NxDomain && query.ForwardedName is null ? ", without such records" : "")}");
        DnsAnswer answer = lookup.Answer;
        _console.Output.WriteLine($";; ->>HEADER<<- opcode: QUERY, status: {CodeOf(answer)}");
        _console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $";; QUERY: 1, ANSWER: {answer.Answers.Length}, ADDITIONAL: {answer.Additional.Length}"));
        _console.Output.WriteLine($"\n;; QUESTION SECTION:\n;{answer.Name}\tIN\t{answer.Type}");
        Write("ANSWER", answer.Answers);
        Write("ADDITIONAL", answer.Additional);
        if (answer.ForwardedName is { } outside)
            _console.Output.WriteLine($"\n;; {outside} is not of this cluster: CoreDNS would ask upstream");
        _console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n;; {lookup.Queries.Length} {(lookup.Queries.Length == 1 ? "query" : "queries")}; an application that asks for A and AAAA together sends {2 * lookup.Queries.Length}"));
    }

    private void Write(string section, IReadOnlyCollection<DnsRecord> records)
    {
        if (records.Count == 0)
            return;
        _console.Output.WriteLine($"\n;; {section} SECTION:");
        foreach (DnsRecord record in records)
            _console.Output.WriteLine($"{record.Name}\t{TtlSeconds}\tIN\t{record.Type}\t{record.Data}");
    }

    /// <summary>TTL of CoreDNS' kubernetes plugin unless configured otherwise [s].</summary>
    private const int TtlSeconds = 5;

    private static string ToJson(DnsLookup lookup) => JsonSerializer.Serialize(
        new
        {
            lookup.Answer.Name,
            Type = lookup.Answer.Type.ToString(),
            Rcode = CodeOf(lookup.Answer),
            Answers = lookup.Answer.Answers.Select(record => record.ToString()),
            Additional = lookup.Answer.Additional.Select(record => $"{record.Name} {record}"),
            Forwarded = lookup.Answer.ForwardedName,
            Queries = lookup.Queries.Select(query => new { query.Name, Rcode = CodeOf(query) }),
        },
        JsonText.Indented) + "\n";

    private static string CodeOf(DnsAnswer answer) => answer.Code == DnsResponseCode.NxDomain ? "NXDOMAIN" : "NOERROR";
}
