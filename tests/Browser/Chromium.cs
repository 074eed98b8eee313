using System.Diagnostics;
using KubeNetSim.Tests.Architecture;
using Microsoft.Playwright;
using NUnit.Framework;

namespace KubeNetSim.Tests.Browser;

/// <summary>
/// The report that <c>run</c> makes of the first sample, and a real browser to open it in. Where there is no browser the tests are skipped and
/// say why; in CI that is a failure.
/// </summary>
[SetUpFixture]
internal sealed class Chromium
{
    private static readonly string[] Names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Nothing that a browser does on its own account: it has one page to show.
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? _playwright;
    private static string? _folder;

    public static IBrowser Browser { get; private set; } = null!;

    /// <summary>The page's address.</summary>
    public static string Report => new Uri(Path.Combine(_folder!, "report.html")).AbsoluteUri;

    [OneTimeSetUp]
    public static async Task Open()
    {
        string? browser = Names.FirstOrDefault(File.Exists);
        if (browser is null)
        {
            const string Why = "There is no Chromium at /usr/bin/chromium; Debian has it as the package chromium.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(Why);
            Assert.Ignore(Why);
        }
        _folder = Directory.CreateTempSubdirectory("kubenetsim-report-").FullName;
        await Simulate();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = browser, Args = Flags });
    }

    [OneTimeTearDown]
    public static async Task Close()
    {
        if (Browser is not null)
            await Browser.CloseAsync();
        _playwright?.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Keeps a picture with the results of the test.</summary>
    public static void Keep(string name, byte[] content)
    {
        string folder = RepositoryRoot.Combine("artifacts", "browser");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        TestContext.AddTestAttachment(path);
    }

    private static async Task Simulate()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "kubenetsim.dll");
        ProcessStartInfo start = new("dotnet", [program, "run", RepositoryRoot.Combine("samples", "service-types"), "--out", _folder!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{await output}{await error}");
    }
}
