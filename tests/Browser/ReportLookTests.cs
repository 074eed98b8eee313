using Microsoft.Playwright;
using NUnit.Framework;

namespace KubeNetSim.Tests.Browser;

/// <summary>The report as a browser shows it: whole, readable for everybody, and alone. Each picture that is taken is kept in artifacts/browser.</summary>
public sealed class ReportLookTests
{
    // Text against what is behind it, as WCAG 2.2 counts contrast; text of 24 px, or of 18.66 px in bold, needs 3, all other 4.5.
    private const string TooFaint =
        """
        () => {
          const numbers = color => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = numbers(getComputedStyle(e).backgroundColor);
              if (color.length < 4 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll("main *:not(svg *)")]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility() && !e.disabled)
            .map(e => {
              const style = getComputedStyle(e);
              const [one, other] = [luminance(numbers(style.color)), luminance(behind(e))].sort((a, b) => b - a);
              const size = parseFloat(style.fontSize);
              const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
              return { ratio: (one + 0.05) / (other + 0.05), wanted, text: e.textContent.trim().slice(0, 40) };
            })
            .filter(found => found.ratio < found.wanted)
            .map(found => `${found.ratio.toFixed(2)}: ${found.text}`);
        }
        """;

    [Test]
    public async Task The_page_opens_without_a_complaint_and_no_request_leaves_it()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        await report.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Chromium.Keep("report.png", await report.PictureAsync());
        Chromium.Keep("report-top.png", await report.PictureAsync(until: "figure"));
        Assert.That(report.Complaints, Is.Empty);
        Assert.That(report.Requests, Is.Empty);
        Assert.That(await report.Page.Locator("h1").InnerTextAsync(), Is.EqualTo("What does each type of Service cost a request?"));
        Assert.That(await report.Page.Locator(".answer").First.InnerTextAsync(), Does.Contain("externalname takes"));
    }

    [Test]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        await using ReportPage report = await ReportPage.OpenAsync(width: 360);

        Chromium.Keep("report-phone.png", await report.PictureAsync());
        Assert.That(await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task All_text_stands_out_from_what_is_behind_it(ColorScheme scheme)
    {
        await using ReportPage report = await ReportPage.OpenAsync(scheme: scheme);
        await report.Way(0).Locator(".next").ClickAsync();

        Assert.That(await report.Page.EvaluateAsync<string[]>(TooFaint), Is.Empty);
    }

    [Test]
    public async Task The_page_is_dark_where_its_reader_likes_that()
    {
        await using ReportPage report = await ReportPage.OpenAsync(scheme: ColorScheme.Dark);

        Chromium.Keep("report-dark.png", await report.PictureAsync());
        Assert.That(await report.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(13, 17, 23)"));
        Assert.That(await report.Page.Locator("figure svg").First.EvaluateAsync<string>("svg => getComputedStyle(svg).color"), Is.EqualTo("rgb(230, 237, 243)"));
    }

    [Test]
    public async Task Headings_descend_in_order_and_the_language_is_named()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        int[] levels = await report.Page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))");

        Assert.That(levels[0], Is.EqualTo(1));
        Assert.That(levels.Skip(1), Has.None.EqualTo(1));
        Assert.That(levels.Zip(levels.Skip(1), (level, next) => next - level), Has.All.LessThanOrEqualTo(1));
        Assert.That(await report.Page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo("en"));
    }

    [Test]
    public async Task Every_picture_has_a_name_and_every_entry_of_the_contents_a_target()
    {
        await using ReportPage report = await ReportPage.OpenAsync();

        Assert.That(await report.Page.EvaluateAsync<int>("() => document.querySelectorAll('figure svg[role=img][aria-label]').length"), Is.GreaterThanOrEqualTo(6));
        Assert.That(await report.Page.EvaluateAsync<int>("() => document.querySelectorAll('svg:not([aria-label]):not([aria-hidden])').length"), Is.Zero);
        Assert.That(await report.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.hash)).length"), Is.Zero);
    }

    [Test]
    public async Task Nothing_moves_for_those_who_ask_for_that()
    {
        await using ReportPage report = await ReportPage.OpenAsync(motion: ReducedMotion.Reduce);

        Assert.That(await report.Page.Locator(".hop").First.EvaluateAsync<string>("hop => getComputedStyle(hop).transitionProperty"), Is.EqualTo("none"));
    }

    [Test]
    public async Task On_paper_every_hop_is_explained_and_nothing_waits_for_a_click()
    {
        await using ReportPage report = await ReportPage.OpenAsync();
        await report.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        byte[] paper = await report.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true });

        Chromium.Keep("report.pdf", paper);
        Assert.That(paper.AsSpan(0, 5).SequenceEqual("%PDF-"u8), Is.True);
        Assert.That(await report.Page.Locator(".why:visible").CountAsync(), Is.EqualTo(await report.Page.Locator(".why").CountAsync()));
        Assert.That(await report.Page.Locator("button:visible, nav:visible").CountAsync(), Is.Zero);
    }
}
