using System.Text;

namespace KubeNetSim.Cli.Terminal;

/// <summary>
/// Standard output or standard error, guarded against what foreign text could make of it: control characters are shown and not sent to the terminal, and no
/// line can be a command of a CI system (GitHub: a line that begins with <c>::</c>, or has <c>##[</c>; Azure Pipelines: <c>##vso[</c>). JSON keeps its meaning.
/// </summary>
/// <param name="inner">Where to.</param>
/// <param name="isOptional">Whether what cannot be written is dropped: messages, not data.</param>
internal sealed class GuardedWriter(TextWriter inner, bool isOptional) : TextWriter
{
    private LinePlace _place = LinePlace.Start;

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
        StringBuilder guarded = new(text.Length + 8);
        foreach (char letter in text)
        {
            bool isSecondColon = _place == LinePlace.AfterColon && letter == ':';
            if (isSecondColon)
                guarded.Append("\\u003a");
            else
                guarded.Append(letter);
            _place = letter == '\n' ? LinePlace.Start
                : _place == LinePlace.Start && letter == ':' ? LinePlace.AfterColon
                // Runners ignore blanks before the colons.
                : _place == LinePlace.Start && char.IsWhiteSpace(letter) ? LinePlace.Start
                : LinePlace.Within;
        }
        return guarded.ToString();
    }

    private enum LinePlace
    {
        Start,
        AfterColon,
        Within,
    }
}
