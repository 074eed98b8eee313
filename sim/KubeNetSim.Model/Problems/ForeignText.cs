using System.Buffers;
using System.Globalization;
using System.Text;

namespace KubeNetSim.Model.Problems;

/// <summary>
/// Text that comes from a file, a file name or an argument, made fit to be shown: control characters, line separators and marks that change the direction of
/// writing become visible as <c>\u001b</c>. A terminal then executes nothing, and a value stays in its line. JSON reads the written form as the same character.
/// </summary>
public static class ForeignText
{
    // C0 and C1 controls, DEL; line and paragraph separator; bidirectional marks and controls (Unicode Standard Annex 9, 2.).
    private static readonly SearchValues<char> Hidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => (char)code),
            '\u061c', '\u200e', '\u200f', '\u2028', '\u2029', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\ufeff']);

    /// <summary>The text in one line, with nothing hidden in it.</summary>
    public static string InOneLine(string text) => Visible(text, "");

    /// <summary>The text with nothing hidden in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowed">Hidden characters that stay as they are.</param>
    public static string Visible(string text, string allowed)
    {
        if (!IsHidden(text))
            return text;
        StringBuilder visible = new(text.Length + 16);
        foreach (char letter in text)
            if (Hidden.Contains(letter) && !allowed.Contains(letter))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                visible.Append(letter);
        return visible.ToString();
    }

    /// <summary>Whether a text holds a character that is not seen.</summary>
    public static bool IsHidden(ReadOnlySpan<char> text) => text.ContainsAny(Hidden);
}
