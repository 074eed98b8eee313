using System.Globalization;

namespace KubeNetSim.Cli;

/// <summary>
/// Tells how far a long computation is, on standard error: nothing in the first two seconds; then a line that is overwritten twice
/// a second on a terminal, and a plain line every ten seconds elsewhere. Safe to report to from several threads.
/// </summary>
/// <param name="console">Where to.</param>
/// <param name="activity">What goes on, for example <c>simulating</c>.</param>
internal sealed class ProgressLine(CommandConsole console, string activity) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly long _start = console.Clock.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _next = console.IsErrorTerminal ? Patience : PlainInterval;
    private int _shown;

    /// <summary>Takes note of the share that is done, 0 to 1.</summary>
    public void Report(double value)
    {
        lock (_lock)
        {
            TimeSpan elapsed = console.Clock.GetElapsedTime(_start);
            if (elapsed < _next)
                return;
            _next = elapsed + (console.IsErrorTerminal ? TerminalInterval : PlainInterval);
            Show(value, elapsed);
        }
    }

    /// <summary>Clears the line on a terminal.</summary>
    public void Dispose()
    {
        if (_shown > 0)
            console.Error.Write($"\r{new string(' ', _shown)}\r");
        _shown = 0;
    }

    private void Show(double share, TimeSpan elapsed)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{activity}: {Math.Clamp(share, 0, 1) * 100:F0}% after {elapsed.TotalSeconds:F0} s");
        if (!console.IsErrorTerminal)
        {
            console.Error.WriteLine(line);
            return;
        }
        console.Error.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }
}
