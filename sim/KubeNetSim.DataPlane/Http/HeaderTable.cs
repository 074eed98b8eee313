using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>Headers by name, of any case; several values of one name have commas between (RFC 9110 5.3). Immutable.</summary>
internal sealed class HeaderTable
{
    private readonly ImmutableArray<HttpHeader> _headers;

    private HeaderTable(ImmutableArray<HttpHeader> headers) => _headers = headers;

    public static HeaderTable Empty { get; } = new([]);

    public static HeaderTable Of(IEnumerable<HttpHeader> headers)
    {
        HeaderTable table = Empty;
        foreach (HttpHeader header in headers)
            table = table.Added(header);
        return table;
    }

    public ImmutableArray<HttpHeader> ToHeaders() => _headers;

    public HeaderTable SetItem(string name, string value) => new([.. Without(name), new HttpHeader(name, value)]);

    public HeaderTable Changed(HeaderChanges changes)
    {
        HeaderTable table = this;
        foreach (HttpHeader header in changes.Set)
            table = table.SetItem(header.Name, header.Value);
        foreach (HttpHeader header in changes.Add)
            table = table.Added(header);
        foreach (string name in changes.Remove)
            table = new HeaderTable([.. table.Without(name)]);
        return table;
    }

    private HeaderTable Added(HttpHeader header) =>
        _headers.FirstOrDefault(known => known.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? SetItem(known.Name, $"{known.Value},{header.Value}")
            : new HeaderTable(_headers.Add(header));

    private IEnumerable<HttpHeader> Without(string name) =>
        _headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
