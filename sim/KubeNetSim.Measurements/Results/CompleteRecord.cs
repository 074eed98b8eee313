using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace KubeNetSim.Measurements;

/// <summary>Looks for gaps in records that were read from a file: lists that are missing, and items that are null.</summary>
public static class CompleteRecord
{
    /// <summary>Path of the first gap; null where there is none.</summary>
    /// <param name="value">What was read.</param>
    public static string? FirstGap(object value) => FirstGap(value, "$");

    private static string? FirstGap(object? value, string path)
    {
        switch (value)
        {
            case null:
                return path;
            case string:
                return null;
            case IDictionary entries:
                return entries.Cast<DictionaryEntry>().Select(entry => FirstGap(entry.Value, $"{path}.{entry.Key}")).FirstOrDefault(gap => gap is not null);
            case IEnumerable items:
                return IsMissing(items) ? path : items.Cast<object?>().Select((item, number) => FirstGap(item, $"{path}[{number}]")).FirstOrDefault(gap => gap is not null);
            default:
                return value.GetType().Namespace?.StartsWith("KubeNetSim", StringComparison.Ordinal) == true && !value.GetType().IsEnum ? GapOfRecord(value, path) : null;
        }
    }

    private static string? GapOfRecord(object record, string path)
    {
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetIndexParameters().Length == 0 && property.CanWrite && property.GetValue(record) is { } value
                && FirstGap(value, $"{path}.{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}") is { } gap)
                return gap;
        return null;
    }

    private static bool IsMissing(IEnumerable items) =>
        items.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && (bool)type.GetProperty("IsDefault")!.GetValue(items)!;
}
