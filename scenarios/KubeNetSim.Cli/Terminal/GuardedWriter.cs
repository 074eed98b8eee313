using System.Text;

namespace KubeNetSim.Cli;

/// <summary>
/// Standard output or standard error, guarded against what foreign text could make of it: control characters are shown and not sent to the terminal, and no
/// line can be a command of a CI system (GitHub: a line that begins with <c>::</c>, or has <c>##[</c>; Azure Pipelines: <c>##vso[</c>). JSON keeps its meaning.
/// </summary>
/// <param name="inner">Where to.</param>
/// <param name="isOptional">Whether what cannot be written is dropped: messages, not data.</param>
internal sealed class GuardedWriter(TextWriter inner, bool isOptional) : TextWriter
{
    private bool _isLineStart = true;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>The writer without the guard, for colors and progress, which hold no foreign text.</summary>
    public TextWriter Inner => inner;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Send(Guarded(value));
    }

    /// <inheritdoc/>
    public override void WriteLine() => Write(inner.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + inner.NewLine);

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Send(string text) => Try(() => inner.Write(text));

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A closed standard error takes nothing; the exit code tells the outcome alone then.
            if (!isOptional)
                throw new IOException("standard output cannot be written to: it is closed, or its disk is full", error);
        }
    }

    private string Guarded(string text)
    {
        text = ForeignText.Visible(text, inner.NewLine == "\n" ? "\n\t" : "\r\n\t");
        if (text.Contains("##", StringComparison.Ordinal))
            text = text.Replace("##[", "#\\u0023[", StringComparison.Ordinal).Replace("##vso[", "#\\u0023vso[", StringComparison.OrdinalIgnoreCase);
        // Runners ignore blanks before the colons.
        bool canBeCommand = text.Contains(':');
        StringBuilder? guarded = canBeCommand ? new StringBuilder(text.Length + 8) : null;
        int from = 0;
        while (from < text.Length)
        {
            int end = text.IndexOf('\n', from) is var found and >= 0 ? found + 1 : text.Length;
            ReadOnlySpan<char> line = text.AsSpan(from, end - from);
            int first = _isLineStart ? FirstNotBlank(line) : -1;
            if (first >= 0 && line[first] == ':')
                guarded!.Append(line[..first]).Append("\\u003a").Append(line[(first + 1)..]);
            else
                guarded?.Append(line);
            _isLineStart = line[^1] == '\n' || (_isLineStart && first < 0);
            from = end;
        }
        return guarded?.ToString() ?? text;
    }

    private static int FirstNotBlank(ReadOnlySpan<char> line)
    {
        for (int place = 0; place < line.Length; place++)
            if (!char.IsWhiteSpace(line[place]))
                return place;
        return -1;
    }
}
