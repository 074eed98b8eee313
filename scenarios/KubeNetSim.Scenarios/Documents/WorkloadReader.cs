using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads a workload of a Scenario.</summary>
internal static class WorkloadReader
{
    private const int DefaultClients = 100;
    private const double MostBytes = 1e12;

    private static readonly Dictionary<string, int> Ports = new(StringComparer.Ordinal)
    {
        ["http"] = 80,
        ["https"] = 443,
        ["grpc"] = 80,
        ["tcp"] = 0,
        ["udp"] = 0,
    };

    private static readonly Dictionary<string, ConnectionReuse> Reuses = new(StringComparer.Ordinal)
    {
        ["none"] = ConnectionReuse.None,
        ["keepAlive"] = ConnectionReuse.KeepAlive,
        ["http2"] = ConnectionReuse.Http2,
    };

    public static Workload? Read(Fields fields)
    {
        string name = fields.Required("name", "name: shoppers");
        WorkloadSource? from = From(fields);
        WorkloadTarget? to = To(fields);
        ArrivalSpec? arrivals = ArrivalReader.Read(fields);
        Workload? workload = from is null || to is null || arrivals is null ? null : new Workload
        {
            Name = name,
            From = from,
            To = to,
            Arrivals = arrivals,
            Origin = FieldLayout.OriginOf(fields.Node),
        };
        ConnectionSpec connections = Connections(fields);
        double? request = fields.Quantity("requestSize", 1, MostBytes);
        double? response = fields.Quantity("responseSize", 1, MostBytes);
        string? gateway = fields.Text("gateway");
        string? ingress = fields.Text("ingress");
        if (gateway is not null && ingress is not null)
            fields.Error("unknown-value", "ingress", "A workload goes through a gateway or an ingress, not both");
        string? method = fields.Text("method");
        if (method?.Any(char.IsAsciiLetterLower) == true)
            fields.Error("unknown-value", "method", $"\"{method}\" is no method: methods are in capitals", $"method: {method.ToUpperInvariant()}");
        ImmutableArray<HttpHeader> headers = [.. fields.Labels("headers").Select(header => new HttpHeader(header.Key, header.Value))];
        double? timeout = fields.Duration("timeout", 1_000, 86_400e9);
        long? retries = fields.Integer("retries", 0, 100);
        fields.Close();
        return workload is null ? null : workload with
        {
            Connections = connections,
            Gateway = gateway is null || gateway.Contains('/') ? gateway : $"default/{gateway}",
            Ingress = ingress is null || ingress.Contains('/') ? ingress : $"default/{ingress}",
            Method = method,
            Headers = headers,
            RequestBytes = (long)(request ?? workload.RequestBytes),
            ResponseBytes = (long)(response ?? workload.ResponseBytes),
            TimeoutNs = (long?)timeout,
            Retries = (int)(retries ?? 0),
        };
    }

    private static WorkloadSource? From(Fields fields)
    {
        switch (fields.Ask("from"))
        {
            case null:
                fields.Error("required-field", "from", "The field \"from\" is required", "internet, nodes, {node: NAME} or {pods: {namespace: NAME, selector: {app: NAME}}}");
                return null;
            case ScalarNode { Text: "internet" }:
                return new WorkloadSource.Internet(DefaultClients);
            case ScalarNode { Text: "nodes" }:
                return new WorkloadSource.AnyNode();
            case MappingNode:
                return From(fields.Mapping("from")!, fields);
            case var other:
                fields.Error("unknown-value", "from", $"Nobody is {other.Describe()}", "internet, nodes, {node: NAME} or {pods: {namespace: NAME, selector: {app: NAME}}}");
                return null;
        }
    }

    private static WorkloadSource? From(Fields from, Fields workload)
    {
        WorkloadSource? source = null;
        if (from.Text("node") is { } node)
            source = new WorkloadSource.NamedNode(node);
        if (from.Mapping("internet") is { } internet)
        {
            source = new WorkloadSource.Internet((int)(internet.Integer("clients", 1, 100_000) ?? DefaultClients));
            internet.Close();
        }
        if (from.Mapping("pods") is { } pods)
        {
            source = new WorkloadSource.Pods(pods.Text("namespace") ?? "default", SelectorOf(pods));
            pods.Close();
        }
        from.Close();
        int named = (from.Has("node") ? 1 : 0) + (from.Has("pods") ? 1 : 0) + (from.Has("internet") ? 1 : 0);
        if (named != 1)
            workload.Error("unknown-value", "from", "This must say exactly one of node, pods and internet");
        return source;
    }

    private static WorkloadTarget? To(Fields fields)
    {
        switch (fields.Ask("to"))
        {
            case null:
                fields.Error("required-field", "to", "The field \"to\" is required", "a URL such as http://web.default/, or {services: {namespace: NAME, selector: {app: NAME}}}");
                return null;
            case ScalarNode scalar:
                if (TryParseUrl(scalar.Text, out WorkloadTarget.Url? url, out string why))
                    return url;
                fields.Error("invalid-url", "to", $"\"{scalar.Text}\" is no URL: {why}", "a URL such as http://web.default/");
                return null;
            case MappingNode when fields.Mapping("to")!.Mapping("services") is { } services:
                WorkloadTarget target = new WorkloadTarget.Services(services.Text("namespace"), SelectorOf(services));
                services.Close();
                return target;
            case var other:
                fields.Error("wrong-type", "to", $"This must be a URL or {{services: ...}}, and is {other.Describe()}");
                return null;
        }
    }

    /// <summary>Labels by value, or a selector as Kubernetes writes it.</summary>
    internal static LabelSelector SelectorOf(Fields fields)
    {
        if (fields.Mapping("selector") is not { } selector)
            return new LabelSelector();
        return selector.Has("matchLabels") || selector.Has("matchExpressions")
            ? Words.Selector(selector)
            : LabelSelector.Exactly(fields.Labels("selector"));
    }

    /// <summary>Reads a URL; says why it is none.</summary>
    internal static bool TryParseUrl(string text, [NotNullWhen(true)] out WorkloadTarget.Url? url, out string why)
    {
        url = null;
        why = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            why = "it needs a scheme and a host";
        else if (!Ports.TryGetValue(uri.Scheme, out int port))
            why = $"the scheme must be one of {string.Join(", ", Ports.Keys)}";
        else if (uri.UserInfo.Length > 0)
            why = "it must not hold a user";
        else
        {
            // What .NET holds for the default port of a scheme of its own is the same as ours.
            int number = uri.Port > 0 ? uri.Port : port;
            if (number == 0)
                why = $"{uri.Scheme} needs a port";
            else
                url = new WorkloadTarget.Url(uri.Scheme, uri.Host.Trim('[', ']'), number, uri.PathAndQuery.Length == 0 ? "/" : uri.PathAndQuery);
        }
        return url is not null;
    }

    private static ConnectionSpec Connections(Fields fields)
    {
        ConnectionSpec spec = new();
        if (fields.Mapping("connections") is not { } connections)
            return spec;
        spec = new ConnectionSpec
        {
            Reuse = connections.Word("reuse", Reuses) ?? ConnectionReuse.None,
            PerClient = (int)(connections.Integer("perClient", 1, 10_000) ?? spec.PerClient),
            MaxRequests = (int)(connections.Integer("maxRequests", 0, int.MaxValue) ?? spec.MaxRequests),
            IdleTimeoutNs = (long)(connections.Duration("idleTimeout", 0, 30 * 86_400e9) ?? spec.IdleTimeoutNs),
        };
        connections.Close();
        return spec;
    }
}
