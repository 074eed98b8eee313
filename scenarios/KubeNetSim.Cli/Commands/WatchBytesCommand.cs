using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>watch-bytes</c>: what every node receives when endpoints change, as Endpoints and as EndpointSlices.</summary>
internal sealed class WatchBytesCommand : TaughtCommand
{
    private const string Protobuf = "protobuf";
    private const string Kep = "kep-0752";

    private readonly CommandConsole _console;
    private readonly ScenarioFiles _files = new();
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly Option<string?> _service = new("--service") { Description = "Only this Service; all of the files that have endpoints if left out.", HelpName = "NS/NAME" };
    private readonly Option<string?> _folder = new("--out") { Description = "Folder for figures of one change and of a rolling update against the number of endpoints.", HelpName = "DIR" };

    private readonly Option<string> _sizes = new("--sizes")
    {
        Description = "How large objects are: as their own bytes in protobuf, or as KEP-0752 estimates them (100 B an endpoint, one write each).",
        DefaultValueFactory = _ => Protobuf,
    };

    public WatchBytesCommand(CommandConsole console) : base("watch-bytes", "Show what every node receives when endpoints change, as Endpoints and as EndpointSlices.")
    {
        _console = console;
        _sizes.AcceptOnlyFromAmong(Protobuf, Kep);
        _files.AddTo(this);
        foreach (Option option in new Option[] { _service, _sizes, _folder, _format })
            Options.Add(option);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim watch-bytes samples/endpoint-bytes                        one change, a rolling update, a scale-up: bytes for each node
          kubenetsim watch-bytes samples/endpoint-bytes --sizes kep-0752       the tables of KEP-0752
          kubenetsim watch-bytes manifests/ --service shop/web --out results   figures for any number of endpoints
        """;

    private int Run(ParseResult parsed)
    {
        if (_files.Read(parsed, _console) is not { } input)
            return ExitCodes.BadInput;
        string? wanted = parsed.GetValue(_service) is { } written && ClusterNames.TryFindService(input.Cluster, written, out Service? named, out _) ? named.Meta.FullName : parsed.GetValue(_service);
        ImmutableArray<Service> services =
        [
            .. input.Cluster.Services.Where(service => (wanted is null ? service.Meta.Origin != ObjectOrigin.Generated : service.Meta.FullName == wanted)
                && EndpointsOf(input.Cluster, service) > 0),
        ];
        if (services.IsEmpty)
        {
            ProblemWriter.WriteUsage(wanted is not null ? $"--service: there is no Service '{wanted}' that has endpoints; write NAMESPACE/NAME" : "no Service has endpoints", _console);
            return ExitCodes.BadInput;
        }
        bool byKep = parsed.GetRequiredValue(_sizes) == Kep;
        List<ImmutableArray<WatchBytesRow>> all = [];
        foreach (Service service in services)
        {
            WatchBytesRows rows = new(service, input.Cluster.Nodes.Length, byKep ? EndpointApi.Kep0752 : EndpointApi.Of(input.Cluster, service));
            all.Add(rows.At(EndpointsOf(input.Cluster, service)));
            if (parsed.GetValue(_folder) is { } folder)
                Draw(all[^1], rows, services.Length == 1 ? folder : Path.Combine(folder, $"{service.Meta.Namespace}-{service.Meta.Name}"), byKep);
        }
        Write(all, parsed.GetRequiredValue(_format), byKep);
        input.WriteDefaults(_console);
        return ExitCodes.Done;
    }

    private static int EndpointsOf(Cluster cluster, Service service) => WatchTraffic.SlicesOf(cluster, service).Sum(slice => slice.Endpoints.Length);

    private void Draw(ImmutableArray<WatchBytesRow> now, WatchBytesRows rows, string folder, bool byKep)
    {
        Directory.CreateDirectory(folder);
        string source = $"KubeNetSim {ProgramVersion.Text.Split('+')[0]} · watch-bytes · {(byKep ? "sizes as KEP-0752 estimates them, one write for each endpoint" : "sizes in protobuf; each change of a pod published by itself")}";
        IReadOnlyList<WatchBytesRow> sizes = [.. rows.AtAllSizes()];
        WatchBytesFigures.Write(sizes, folder, source, FigureStyle.Light);
        using StringWriter page = new() { NewLine = "\n" };
        WatchBytesHtmlReport.Write(page, now, sizes, source);
        WholeFile.Write(Path.Combine(folder, "report.html"), page.ToString());
        _console.Error.WriteLine($"wrote report.html and figures to {folder}");
    }

    private void Write(List<ImmutableArray<WatchBytesRow>> all, string format, bool byKep)
    {
        if (format != "table")
        {
            string json = JsonSerializer.Serialize(all.SelectMany(rows => rows), JsonText.Indented) + "\n";
            _console.Output.Write(format == "json" ? json : YamlText.FromJson(json));
            return;
        }
        for (int service = 0; service < all.Count; service++)
        {
            if (service > 0)
                _console.Output.WriteLine();
            WatchBytesTable.Write(_console.Output, all[service]);
            if (!byKep && all[service].Any(row => row.LargestObjectBytes > EndpointApi.LargestStored))
                _console.Output.WriteLine("(etcd refuses an object of more than 1.5 MiB: such Endpoints cannot be stored)");
        }
    }
}
