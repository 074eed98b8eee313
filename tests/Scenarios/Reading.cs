using System.Collections;
using System.Reflection;
using System.Text;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Reads text as standard input, and writes what was read so that two readings can be compared.</summary>
internal static class Reading
{
    /// <summary>What the reader says of a text.</summary>
    public static ScenarioReading Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>What the reader says of bytes.</summary>
    public static ScenarioReading Of(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return ScenarioReader.Read(["-"], stream);
    }

    /// <summary>The scenario of a text in which nothing may be wrong.</summary>
    public static Scenario Good(string text)
    {
        ScenarioReading reading = Of(text);
        Assert.That(Errors(reading), Is.Empty, text);
        return reading.Scenario!;
    }

    /// <summary>The errors, as they are printed.</summary>
    public static string[] Errors(ScenarioReading reading) =>
        [.. reading.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.ToString())];

    /// <summary>
    /// All that a model object holds, one property a line, but for where it was written. Records compare lists by identity, which is of no use here.
    /// </summary>
    public static string TextOf(object? value)
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
