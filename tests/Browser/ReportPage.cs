using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace KubeNetSim.Tests.Browser;

/// <summary>The report, open in a window of its own.</summary>
internal sealed class ReportPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private ReportPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>What the console said, and errors of scripts.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Addresses that the page asked for, other than its own.</summary>
    public IEnumerable<string> Requests => _requests.Where(address => address != Chromium.Report && !address.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>The way of the workload at a place, counted from 0.</summary>
    public ILocator Way(int number) => Page.Locator(".way").Nth(number);

    public static async Task<ReportPage> OpenAsync(
        int width = 1280, ColorScheme scheme = ColorScheme.Light, bool scripts = true, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        IBrowserContext context = await Chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ReducedMotion = motion,
        });
        ReportPage report = new(context, await context.NewPageAsync());
        report.Page.Console += (_, message) => report._complaints.Enqueue(message.Text);
        report.Page.PageError += (_, error) => report._complaints.Enqueue(error);
        report.Page.Request += (_, request) => report._requests.Enqueue(request.Url);
        await report.Page.GotoAsync(Chromium.Report);
        return report;
    }

    /// <summary>A picture of all of the page, or of its beginning, up to the end of the first element that a selector finds.</summary>
    public async Task<byte[]> PictureAsync(string? until = null)
    {
        PageScreenshotOptions options = new() { FullPage = true };
        if (until is not null)
        {
            LocatorBoundingBoxResult box = (await Page.Locator(until).First.BoundingBoxAsync())!;
            options.Clip = new Clip { X = 0, Y = 0, Width = Page.ViewportSize!.Width, Height = box.Y + box.Height + 24 };
        }
        return await Page.ScreenshotAsync(options);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
