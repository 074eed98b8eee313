using System.Diagnostics;

namespace KubeNetSim.Analysis.Objectives;

/// <summary>Numbers in the unit of an objective, and how files name that unit.</summary>
internal static class ObjectiveFormat
{
    /// <summary>The name of a unit in results.json and plan.json.</summary>
    public static string NameOf(ObjectiveUnit unit) => unit switch
    {
        ObjectiveUnit.Time => "ms",
        ObjectiveUnit.Share => "share",
        ObjectiveUnit.Money => "money",
        ObjectiveUnit.Backends => "backends",
        _ => throw new UnreachableException($"unit {unit}"),
    };

    /// <summary>A number in a unit of that name.</summary>
    public static string Show(string unit, double value) => unit switch
    {
        "ms" => Format.Duration(value),
        "money" => Format.Money(value),
        "backends" => Format.Digits(value),
        // Limits of objectives are small shares, too.
        _ => value is > 0 and < 0.001 ? $"{Format.Significant(100 * value)}%" : Format.Share(value),
    };
}
