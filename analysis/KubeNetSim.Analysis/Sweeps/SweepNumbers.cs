using System.Globalization;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>The values of an axis as numbers of one unit: 100, 1000 or 50/s, 100/s.</summary>
/// <param name="Unit">What stands behind each number; empty for plain numbers.</param>
/// <param name="ByText">Number of each value as it is written.</param>
internal sealed record SweepNumbers(string Unit, IReadOnlyDictionary<string, double> ByText)
{
    /// <summary>Reads an axis; null where a value is no number, or where units differ (1s and 500ms would stand in the wrong order).</summary>
    public static SweepNumbers? Of(SweepTable table, int axis)
    {
        Dictionary<string, double> numbers = [];
        string? unit = null;
        foreach (string text in table.Points.Select(point => point.Values[axis]))
        {
            int end = text.Length;
            while (end > 0 && !char.IsAsciiDigit(text[end - 1]))
                end--;
            if (!double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || (unit ??= text[end..]) != text[end..])
                return null;
            numbers[text] = number;
        }
        return unit is null ? null : new SweepNumbers(unit, numbers);
    }
}
