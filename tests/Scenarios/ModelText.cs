using System.Collections;
using System.Reflection;
using System.Text;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Model objects as text, so that two of them can be compared: records compare their lists by identity.</summary>
internal static class ModelText
{
    /// <summary>All that an object holds, one property a line, but for where it was written.</summary>
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Write(text, "", value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string path, object? value)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value is IpAddress or Cidr)
        {
            text.Append(path).Append(" = ").Append(value ?? "(null)").Append('\n');
        }
        else if (value is IEnumerable items)
        {
            int item = 0;
            foreach (object? element in items)
                Write(text, $"{path}[{item++}]", element);
        }
        else if (value is not ObjectOrigin)
        {
            text.Append(path).Append(" is ").Append(value.GetType().Name).Append('\n');
            foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                if (property.GetIndexParameters().Length == 0)
                    Write(text, $"{path}.{property.Name}", property.GetValue(value));
        }
    }
}
