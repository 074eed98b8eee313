using System.Globalization;

namespace KubeNetSim.Cli.Terminal;

/// <summary>
/// Tells how far a long computation is and how long it will take, on standard error: nothing in the first two seconds; then a line with a bar that is overwritten twice
/// a second on a terminal, and a plain line every ten seconds elsewhere. Safe to report to from several threads.
/// </summary>
/// <param name="console">Where to.</param>
/// <param name="activity">What goes on, for example <c>simulating</c>.</param>
internal sealed class ProgressLine(CommandConsole console, string activity) : IProgress<double>, IDisposable
{
    private const int BarWidth = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly long _start = console.Clock.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _next = console.IsErrorTerminal ? Patience : PlainInterval;
    private int _shown;

    /// <summary>Takes note of the share that is done, 0 to 1.</summary>
    public void Report(double value) => Report(value, activity);

    /// <summary>Takes note of the share that is done, 0 to 1, and of what to call it from here on.</summary>
    public void Report(double value, string what)
    {
        lock (_lock)
        {
            TimeSpan elapsed = console.Clock.GetElapsedTime(_start);
            if (elapsed < _next)
                return;
            _next = elapsed + (console.IsErrorTerminal ? TerminalInterval : PlainInterval);
            Show(what, Math.Clamp(value, 0, 1), elapsed);
        }
    }

    /// <summary>Clears the line on a terminal.</summary>
    public void Dispose()
    {
        if (_shown > 0)
            console.Error.Write($"\r{new string(' ', _shown)}\r");
        _shown = 0;
    }

    private void Show(string what, double share, TimeSpan elapsed)
    {
        string left = share is > 0 and < 1 ? $", about {Rough(elapsed * ((1 - share) / share))} left" : "";
        string line = string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0}% after {Rough(elapsed)}{left}");
        if (!console.IsErrorTerminal)
        {
            console.Error.WriteLine($"{what}: {line}");
            return;
        }
        int filled = (int)(share * BarWidth);
        line = $"{what}: [{new string('#', filled)}{new string('.', BarWidth - filled)}] {line}";
        console.Error.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }

    // As exact as it can be meant: 45 s, 12 min, 3 h 20 min.
    private static string Rough(TimeSpan time) => time.TotalSeconds < 119.5
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s")
        : time.TotalMinutes < 119.5
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours)} h {time.Minutes} min");
}
