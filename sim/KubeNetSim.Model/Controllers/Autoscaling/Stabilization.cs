namespace KubeNetSim.Model.Controllers.Autoscaling;

/// <summary>
/// Earlier advice holds a size: within its window the lowest advice limits growth, and the highest limits shrinking
/// (pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendationWithBehaviors).
/// </summary>
internal static class Stabilization
{
    /// <summary>The window where the autoscaler has no <c>behavior</c> (horizontal-pod-autoscaler-downscale-stabilization) [ns].</summary>
    public const long DefaultWindowNs = 300_000_000_000;

    /// <summary>Advice, and how old it is [ns].</summary>
    internal readonly record struct Advice(int Replicas, long AgeNs);

    /// <summary>The size after earlier advice has been heard.</summary>
    /// <param name="current">The present size.</param>
    /// <param name="desired">The new advice.</param>
    /// <param name="earlier">Earlier advice.</param>
    /// <param name="upWindowNs">Window of growth [ns].</param>
    /// <param name="downWindowNs">Window of shrinking [ns].</param>
    public static int Of(int current, int desired, IReadOnlyCollection<Advice> earlier, long upWindowNs, long downWindowNs)
    {
        int up = earlier.Where(advice => advice.AgeNs < upWindowNs).Select(advice => advice.Replicas).Append(desired).Min();
        int down = earlier.Where(advice => advice.AgeNs < downWindowNs).Select(advice => advice.Replicas).Append(desired).Max();
        return current < up ? up : current > down ? down : current;
    }

    /// <summary>The same without <c>behavior</c>: the highest advice of the window (stabilizeRecommendation).</summary>
    /// <param name="desired">The new advice.</param>
    /// <param name="earlier">Earlier advice.</param>
    /// <param name="windowNs">The window [ns].</param>
    public static int Of(int desired, IReadOnlyCollection<Advice> earlier, long windowNs) =>
        earlier.Where(advice => advice.AgeNs <= windowNs).Select(advice => advice.Replicas).Append(desired).Max();
}
