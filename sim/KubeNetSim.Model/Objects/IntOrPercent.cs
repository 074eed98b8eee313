using System.Globalization;

namespace KubeNetSim.Model.Objects;

/// <summary>A number of pods, or a share of those that are wanted (k8s.io/apimachinery pkg/util/intstr).</summary>
/// <param name="Value">The number from 0, or the percentage.</param>
/// <param name="IsPercent">Whether it is a percentage.</param>
public readonly record struct IntOrPercent(int Value, bool IsPercent)
{
    /// <summary>A quarter: the default of maxSurge and maxUnavailable of a Deployment.</summary>
    public static IntOrPercent Quarter { get; } = new(25, true);

    /// <summary>Reads <c>3</c> or <c>25%</c>; null where it is neither.</summary>
    public static IntOrPercent? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isPercent = text.EndsWith('%');
        ReadOnlySpan<char> digits = isPercent ? text.AsSpan(0, text.Length - 1) : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? new IntOrPercent(value, isPercent) : null;
    }

    /// <summary>The number of pods that it means of so many.</summary>
    /// <param name="total">How many there are to be.</param>
    /// <param name="roundUp">Whether a part of a pod counts as one.</param>
    public int Of(int total, bool roundUp)
    {
        if (!IsPercent)
            return Value;
        long hundredths = (long)Value * total;
        return (int)((hundredths + (roundUp ? 99 : 0)) / 100);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}{(IsPercent ? "%" : "")}");
}
