using NUnit.Framework;

namespace KubeNetSim.Tests.Robustness;

/// <summary>Text that others wrote cannot control the terminal or a CI system.</summary>
public sealed class ForeignTextTests
{
    [TestCase("a\u001b[31mb", "a\\u001b[31mb")]
    [TestCase("two\nlines", "two\\u000alines")]
    [TestCase("\u202eabc", "\\u202eabc")]
    [TestCase("plain: é µs", "plain: é µs")]
    public void Control_characters_of_foreign_text_are_shown(string text, string shown) =>
        Assert.That(ForeignText.InOneLine(text), Is.EqualTo(shown));

    [TestCase("::error::pwned\n", ":\\u003aerror::pwned\n")]
    [TestCase("ok\n  ::error::pwned", "ok\n  :\\u003aerror::pwned")]
    [TestCase("a ##[error]b", "a #\\u0023[error]b")]
    [TestCase("a ##vso[task]b", "a #\\u0023vso[task]b")]
    [TestCase("a\r::error", "a\\u000d::error")]
    [TestCase("name::space", "name::space")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n", ":PREROUTING ACCEPT [0:0]\n", Description = "A chain in the format of iptables-save.")]
    public void No_line_of_the_output_is_a_workflow_command(string text, string shown)
    {
        using StringWriter inner = new() { NewLine = "\n" };
        using GuardedWriter writer = new(inner, isOptional: false);

        writer.Write(text);

        Assert.That(inner.ToString(), Is.EqualTo(shown));
    }

    [Test]
    public void A_workflow_command_in_two_pieces_is_guarded_too()
    {
        using StringWriter inner = new() { NewLine = "\n" };
        using GuardedWriter writer = new(inner, isOptional: false);

        writer.Write("  ");
        writer.Write(":");
        writer.Write(":error::x");

        Assert.That(inner.ToString(), Is.EqualTo("  :\\u003aerror::x"));
    }
}
