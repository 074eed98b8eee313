namespace KubeNetSim.Engine.Random;

/// <summary>
/// Logarithm, exponential and what follows from them, by additions, multiplications and divisions alone. IEEE 754 fixes those to the bit
/// on every machine; it does not fix the logarithm of a C library, and one other bit anywhere would change a whole run.
/// </summary>
public static class ReproducibleMath
{
    // ln 2 in two parts, so that multiples of the first are exact (fdlibm, e_log.c).
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>Natural logarithm of a positive, finite, normal number; good to 1e-15, relatively.</summary>
    public static double Log(double value)
    {
        // value = 2^exponent * mantissa, the mantissa in [sqrt(1/2), sqrt(2)).
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) - 1_022;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FE0_0000_0000_0000);
        if (mantissa < SqrtHalf)
        {
            mantissa *= 2;
            exponent--;
        }
        // ln m = 2 artanh((m - 1) / (m + 1)) = 2 (s + s^3/3 + s^5/5 + ...), and s*s < 0.0295 here.
        double s = (mantissa - 1) / (mantissa + 1);
        double z = s * s;
        // Terms by twos and fours (Estrin), which a processor adds side by side; the next term is below 2e-17.
        double z2 = z * z;
        double z4 = z2 * z2;
        double low = ((1.0 / 3) + (z * (1.0 / 5))) + (z2 * ((1.0 / 7) + (z * (1.0 / 9))));
        double high = ((1.0 / 11) + (z * (1.0 / 13))) + (z2 * ((1.0 / 15) + (z * (1.0 / 17))));
        double series = z * (low + (z4 * (high + (z4 * (1.0 / 19)))));
        return (exponent * Ln2High) + ((2 * s) + ((2 * s * series) + (exponent * Ln2Low)));
    }

    /// <summary>
    /// e to the power of a number; good to 1e-15, relatively. 0 below -708 and infinite above 709, where a normal number ends.
    /// </summary>
    public static double Exp(double value)
    {
        if (value < -708)
            return 0;
        if (value > 709)
            return double.PositiveInfinity;
        // value = k ln 2 + r, |r| <= ln 2 / 2.
        double k = Math.Floor((value / (Ln2High + Ln2Low)) + 0.5);
        double r = value - (k * Ln2High) - (k * Ln2Low);
        double sum = 1;
        for (int term = 18; term >= 1; term--)
            sum = 1 + (r * sum / term);
        return sum * BitConverter.Int64BitsToDouble(((long)k + 1_023) << 52);
    }

    /// <summary>A positive number to a power.</summary>
    public static double Pow(double value, double power) => Exp(power * Log(value));

    /// <summary>ln of the gamma function of a number above 0 (Lanczos, g = 7, n = 9; good to 1e-14).</summary>
    public static double LogGamma(double value)
    {
        if (value < 0.5)
            return LogGamma(value + 1) - Log(value);
        ReadOnlySpan<double> coefficients =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        double x = value - 1;
        double sum = coefficients[0];
        for (int term = 1; term < coefficients.Length; term++)
            sum += coefficients[term] / (x + term);
        double t = x + 7.5;
        const double HalfLog2Pi = 0.91893853320467274178;
        return HalfLog2Pi + ((x + 0.5) * Log(t)) - t + Log(sum);
    }
}
