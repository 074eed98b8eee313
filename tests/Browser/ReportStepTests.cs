using Microsoft.Playwright;
using NUnit.Framework;

namespace KubeNetSim.Tests.Browser;

/// <summary>The way of a request explains itself, to pointers, keys and readers without scripts.</summary>
public sealed class ReportStepTests
{
    private const string Current = ".hop[aria-current=step] b";

    // The way of nodeport.
    private const int Way = 1;
    private static readonly string[] Hops = ["client", "node:30080", "DNAT, SNAT", "pod on any node"];

    [Test]
    public async Task Clicking_a_path_goes_through_it_and_then_says_that_the_answer_comes_back()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        ILocator path = report.Way(Way).Locator(".scale");

        foreach (string hop in Hops)
        {
            await path.ClickAsync();
            Assert.That(await report.Way(Way).Locator(Current).InnerTextAsync(), Is.EqualTo(hop));
            Assert.That(await SaidAsync(report), Does.Contain($"{Array.IndexOf(Hops, hop) + 1} of 4: {hop}."));
        }
        await path.ClickAsync();
        Assert.That(await report.Way(Way).Locator(Current).CountAsync(), Is.Zero);
        Assert.That(await SaidAsync(report), Does.Contain("The answer goes back on the same path"));
        Assert.That(report.Complaints, Is.Empty);
    }

    [Test]
    public async Task Clicking_a_hop_goes_there_and_clicking_it_again_goes_on()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        ILocator hop = report.Way(Way).Locator(".hop").Nth(1);

        await hop.ClickAsync();
        Assert.That(await report.Way(Way).Locator(Current).InnerTextAsync(), Is.EqualTo("node:30080"));
        await hop.ClickAsync();
        Assert.That(await report.Way(Way).Locator(Current).InnerTextAsync(), Is.EqualTo("DNAT, SNAT"));
    }

    [Test]
    public async Task A_step_shows_which_part_of_the_time_passes_there()
    {
        await using ReportPage report = await ReportPage.OpenAsync();

        await report.Way(Way).Locator(".hop").First.ClickAsync();

        ILocator here = report.Way(Way).Locator(".scale .here");
        Assert.That(await here.CountAsync(), Is.EqualTo(1));
        Assert.That(await here.InnerTextAsync(), Does.EndWith("ms"));
    }

    [Test]
    public async Task Keys_alone_go_through_a_path()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        ILocator first = report.Way(Way).Locator(".hop").First;
        await report.Way(Way).Locator(".next").FocusAsync();

        await report.Page.Keyboard.PressAsync("Tab");
        Assert.That(await first.EvaluateAsync<bool>("hop => hop === document.activeElement"), Is.True);
        foreach ((string key, string hop) in (IEnumerable<(string, string)>)[("Enter", "client"), ("ArrowRight", "node:30080"), ("End", "pod on any node"), ("ArrowLeft", "DNAT, SNAT"), ("Home", "client")])
        {
            await report.Page.Keyboard.PressAsync(key);
            Assert.That(await report.Way(Way).Locator(Current).InnerTextAsync(), Is.EqualTo(hop), key);
        }
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.That(await report.Way(Way).Locator(Current).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Buttons_go_forth_and_back()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        ILocator back = report.Way(Way).Locator(".back");

        Assert.That(await back.IsDisabledAsync(), Is.True);
        await report.Way(Way).Locator(".next").ClickAsync();
        await report.Way(Way).Locator(".next").ClickAsync();
        await back.ClickAsync();

        Assert.That(await report.Way(Way).Locator(Current).InnerTextAsync(), Is.EqualTo("client"));
    }

    [Test]
    public async Task Pointing_at_a_hop_explains_it_and_moves_nothing()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        string before = await SaidAsync(report);

        await report.Way(Way).Locator(".hop").Nth(2).HoverAsync();
        string said = await SaidAsync(report);
        await report.Page.Locator("h1").HoverAsync();

        Assert.That(said, Does.Contain("(DNAT)").And.Contain("externalTrafficPolicy: Local").And.Contain("Virtual IPs and Service Proxies"));
        Assert.That(await SaidAsync(report), Is.EqualTo(before));
        Assert.That(await report.Way(Way).Locator(Current).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Reaching_a_hop_by_key_explains_it_too_and_describes_it_to_those_who_listen()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        ILocator hop = report.Way(Way).Locator(".hop").Nth(1);

        await hop.FocusAsync();

        Assert.That(await SaidAsync(report), Does.Contain("Every node listens on this port"));
        string? description = await hop.GetAttributeAsync("aria-describedby");
        Assert.That(await report.Page.Locator($"#{description}").TextContentAsync(), Does.Contain("Every node listens on this port"));
    }

    [Test]
    public async Task Without_scripts_everything_is_said_and_nothing_pretends_to_be_a_button()
    {
        await using ReportPage report = await ReportPage.OpenAsync(scripts: false);

        ILocator reasons = report.Page.Locator(".why");
        Assert.That(await reasons.CountAsync(), Is.GreaterThanOrEqualTo(5 * 3));
        foreach (ILocator reason in await reasons.AllAsync())
            Assert.That(await reason.IsVisibleAsync(), Is.True);
        Assert.That(await report.Page.Locator("button:visible, .hint:visible").CountAsync(), Is.Zero);
        Assert.That(await report.Page.Locator(".hop[role=button]").CountAsync(), Is.Zero);
    }

    private static Task<string> SaidAsync(ReportPage report) => report.Way(Way).Locator(".said").InnerTextAsync();
}
