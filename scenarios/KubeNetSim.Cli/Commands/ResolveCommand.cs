using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>resolve</c>: what cluster DNS answers a pod, as dig prints it.</summary>
internal sealed class ResolveCommand : TaughtCommand
{
    // At most this long by kubeadm's Corefile ("cache 30").
    private const int UpstreamTtlSeconds = 30;

    private readonly CommandConsole _console;
    private readonly Argument<string> _name = new("NAME") { Description = "The name, as a program in a pod would write it." };
    private readonly ScenarioFiles _files = new();
    private readonly Option<string> _from = new("--from")
    {
        Description = "Who asks: pod/NAMESPACE/NAME, pod/NAME where one namespace has it, or a namespace, whose pods say nothing of their resolver.",
        HelpName = "WHO",
        DefaultValueFactory = _ => "default",
    };

    private readonly Option<string> _type = new Option<string>("--type") { Description = "Type of record.", DefaultValueFactory = _ => "A" }
        .AcceptOnlyFromAmong(Enum.GetNames<DnsRecordType>());

    private readonly ExternalHostOption _externalHosts = new();
    private readonly Option<string> _format = Format("table", "json", "yaml");

    public ResolveCommand(CommandConsole console) : base("resolve", "Ask cluster DNS for a name, as a pod would.")
    {
        _console = console;
        Arguments.Add(_name);
        _files.AddTo(this);
        Options.Add(_from);
        Options.Add(_type);
        Options.Add(_externalHosts);
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
        if (_files.Read(parsed, _console) is not { } input)
            return ExitCodes.BadInput;
        if (!_externalHosts.TryRead(parsed, input.Scenario.Network, out NetworkProfile network, _console))
            return ExitCodes.BadInput;
        DnsTable dns = DnsTable.Compile(
            input.Cluster, DnsTable.DefaultDomain, input.Scenario.Objects.Namespaces.Select(item => item.Name), network.ExternalHosts,
            (int)(network.DnsTtlNs / 1_000_000_000));
        string name = parsed.GetRequiredValue(_name);
        string? wrong = WhoAsks(parsed.GetRequiredValue(_from), input.Cluster, dns, out Resolver? resolver) ?? WrongIn(name);
        if (wrong is not null)
        {
            ProblemWriter.WriteUsage(wrong, _console);
            return ExitCodes.BadInput;
        }
        DnsLookup lookup = dns.LookUp(name, Enum.Parse<DnsRecordType>(parsed.GetRequiredValue(_type)), resolver!);
        string format = parsed.GetRequiredValue(_format);
        if (format == "table")
            Write(lookup, dns);
        else
            _console.Output.Write(format == "json" ? ToJson(lookup) : YamlText.FromJson(ToJson(lookup)));
        return ExitCodes.Done;
    }

    // RFC 1035 2.3.4.
    private static string? WrongIn(string name)
    {
        string[] labels = name.TrimEnd('.').Split('.');
        return name.Length > 254 ? "A name has at most 253 letters."
            : Array.Find(labels, label => label.Length is 0 or > 63) is { } label ? $"'{name}' is no name: {(label.Length == 0 ? "nothing stands between two dots" : $"'{label}' has more than 63 letters")}."
            : null;
    }

    private static string? WhoAsks(string from, Cluster cluster, DnsTable dns, out Resolver? resolver)
    {
        string[] parts = from.Split('/');
        resolver = null;
        if (parts is [var space])
            resolver = Resolver.OfNamespace(space, dns.Domain);
        if (parts.Length == 1)
            return null;
        if (!ClusterNames.IsPod(from))
            return $"--from '{from}' is neither pod/NAMESPACE/NAME nor a namespace.";
        if (ClusterNames.TryFindPod(cluster, from, out Pod? pod, out string why))
            resolver = dns.ResolverOf(pod);
        return resolver is null ? $"--from '{from}': {why}" : null;
    }

    private void Write(DnsLookup lookup, DnsTable dns)
    {
        foreach (DnsAnswer query in lookup.Queries.Where(query => !ReferenceEquals(query, lookup.Answer)))
            _console.Output.WriteLine($"; {query.Name} {query.Type}: {CodeOf(query)}{(query.Code != DnsResponseCode.NxDomain && query.ForwardedName is null ? ", without such records" : "")}");
        DnsAnswer answer = lookup.Answer;
        _console.Output.WriteLine($";; ->>HEADER<<- opcode: QUERY, status: {CodeOf(answer)}");
        _console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $";; flags: {FlagsOf(answer)}; QUERY: 1, ANSWER: {answer.Answers.Length + AssumedRecords(answer).Length}, AUTHORITY: {answer.Authority.Length}, ADDITIONAL: {answer.Additional.Length}"));
        _console.Output.WriteLine($"\n;; QUESTION SECTION:\n;{answer.Name}\tIN\t{answer.Type}");
        Write("ANSWER", [.. answer.Answers, .. AssumedRecords(answer)]);
        Write("AUTHORITY", answer.Authority);
        Write("ADDITIONAL", answer.Additional);
        if (answer is { ForwardedName: { } outside, Code: DnsResponseCode.NoError })
            _console.Output.WriteLine($"\n;; assumed: the host {outside.TrimEnd('.')} is outside the cluster and exists, because {dns.OutsideHosts.ReasonFor(outside)};"
                + $"\n;; its real address is unknown here, {OutsideNames.FirstAddress} takes its place (TEST-NET-2, RFC 5737)");
        else if (answer.ForwardedName is { } unknown)
            _console.Output.WriteLine($"\n;; {unknown} does not exist: the cluster does not have it, and no scenario declares it as a host outside"
                + $"\n;; to declare it: network.externalHosts: [{unknown.TrimEnd('.')}], or --external-host {unknown.TrimEnd('.')}");
        _console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n;; {lookup.Queries.Length} {(lookup.Queries.Length == 1 ? "query" : "queries")}; an application that asks for A and AAAA together sends {2 * lookup.Queries.Length}"));
    }

    private void Write(string section, IReadOnlyCollection<DnsRecord> records)
    {
        if (records.Count == 0)
            return;
        _console.Output.WriteLine($"\n;; {section} SECTION:");
        foreach (DnsRecord record in records)
            _console.Output.WriteLine($"{record.Name}\t{record.TtlSeconds}\tIN\t{record.Type}\t{record.Data}");
    }

    // A host outside the cluster has an address that only the internet knows: one of TEST-NET-2 takes its place.
    private static DnsRecord[] AssumedRecords(DnsAnswer answer) =>
        answer is { Type: DnsRecordType.A, ForwardedName: { } outside, Code: DnsResponseCode.NoError }
            ? [new DnsRecord(outside.TrimEnd('.') + ".", DnsRecordType.A, OutsideNames.FirstAddress.ToString()) { TtlSeconds = UpstreamTtlSeconds }]
            : [];

    // CoreDNS answers with authority what it knows itself, and offers recursion only with what others told it.
    private static string FlagsOf(DnsAnswer answer) => answer.ForwardedName == answer.Name ? "qr rd ra" : "qr aa rd";

    private static string ToJson(DnsLookup lookup) => JsonSerializer.Serialize(
        new
        {
            lookup.Answer.Name,
            Type = lookup.Answer.Type.ToString(),
            Rcode = CodeOf(lookup.Answer),
            Answers = lookup.Answer.Answers.Concat(AssumedRecords(lookup.Answer)).Select(record => record.ToString()),
            Assumed = AssumedRecords(lookup.Answer).Length > 0 ? $"the address of {lookup.Answer.ForwardedName}" : null,
            Additional = lookup.Answer.Additional.Select(record => $"{record.Name} {record}"),
            Forwarded = lookup.Answer.ForwardedName,
            Queries = lookup.Queries.Select(query => new { query.Name, Rcode = CodeOf(query) }),
        },
        JsonText.Indented) + "\n";

    private static string CodeOf(DnsAnswer answer) => answer.Code == DnsResponseCode.NxDomain ? "NXDOMAIN" : "NOERROR";
}
