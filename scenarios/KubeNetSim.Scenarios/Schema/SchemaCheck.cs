using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>
/// Checks a document against an official API type: every field that the type does not have, and every value of the wrong type, with its
/// position. The types are Kubernetes' own (KubernetesClient), so they are complete; their reading is ours, so that errors are, too.
/// </summary>
internal sealed class SchemaCheck(List<Problem> problems)
{
    private readonly Dictionary<Type, Dictionary<string, Type>> _fields = [];

    /// <summary>Checks a node against a type.</summary>
    public void Check(ManifestNode node, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (node is ScalarNode { Kind: ScalarKind.Null } || type == typeof(object))
            return;
        if (IsScalar(type))
            CheckScalar(node, type, path);
        else if (ElementOf(type, typeof(IDictionary<,>)) is { } valueType)
            CheckMap(node, valueType, path);
        else if (ElementOf(type, typeof(IList<>)) is { } itemType)
            CheckList(node, itemType, path);
        else
            CheckObject(node, type, path);
    }

    private void CheckObject(ManifestNode node, Type type, string path)
    {
        if (node is not MappingNode mapping)
        {
            WrongType(node, path, "a mapping");
            return;
        }
        Dictionary<string, Type> fields = FieldsOf(type);
        foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
        {
            string field = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
            if (fields.TryGetValue(key.Text, out Type? fieldType))
                Check(value, fieldType, field);
            else if (fields.Count > 0)
                problems.Add(new Problem(Severity.Error, "unknown-field", key.Position, field,
                    $"There is no field \"{key.Text}\" here", Spelling.Help(key.Text, fields.Keys)));
        }
    }

    private void CheckMap(ManifestNode node, Type valueType, string path)
    {
        if (node is not MappingNode mapping)
        {
            WrongType(node, path, "a mapping");
            return;
        }
        foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
            Check(value, valueType, $"{path}.{key.Text}");
    }

    private void CheckList(ManifestNode node, Type itemType, string path)
    {
        if (node is not SequenceNode sequence)
        {
            WrongType(node, path, "a list");
            return;
        }
        for (int item = 0; item < sequence.Items.Count; item++)
            Check(sequence.Items[item], itemType, $"{path}[{item}]");
    }

    private void CheckScalar(ManifestNode node, Type type, string path)
    {
        string? wanted = node is not ScalarNode scalar ? NameOf(type)
            : type == typeof(string) && scalar.Kind != ScalarKind.Text ? "a string; put it in quotes"
            : type == typeof(bool) && scalar.Kind != ScalarKind.Bool ? "true or false"
            : (type == typeof(int) || type == typeof(long)) && scalar.Kind != ScalarKind.Integer ? "a whole number"
            : type == typeof(int) && !(ScalarResolution.TryReadInteger(scalar.Text, out long number) && number is >= int.MinValue and <= int.MaxValue) ? "a whole number below 2147483648"
            : type == typeof(long) && !ScalarResolution.TryReadInteger(scalar.Text, out _) ? "a whole number of at most 64 bits"
            : type == typeof(double) && scalar.Kind is not (ScalarKind.Integer or ScalarKind.Float) ? "a number"
            : type == typeof(IntOrString) && scalar.Kind is ScalarKind.Bool or ScalarKind.Float ? "a whole number or a string"
            : type == typeof(ResourceQuantity) && !Quantities.TryParse(scalar.Text, out _) ? "a quantity such as 500m, 2 or 512Mi"
            : type == typeof(DateTime) && !DateTime.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out _) ? "a time such as 2026-01-31T12:00:00Z"
            : null;
        if (wanted is not null)
            WrongType(node, path, wanted);
    }

    private void WrongType(ManifestNode node, string path, string wanted) =>
        problems.Add(new Problem(Severity.Error, "wrong-type", node.Position, path, $"This must be {wanted.Split(';')[0]}, and is {node.Describe()}",
            wanted.Contains(';') ? wanted[(wanted.IndexOf(';') + 2)..] : null));

    private static bool IsScalar(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[])
        || type == typeof(IntOrString) || type == typeof(ResourceQuantity);

    private static string NameOf(Type type) =>
        type == typeof(bool) ? "true or false" : type == typeof(int) || type == typeof(long) ? "a whole number" : "a single value";

    private static Type? ElementOf(Type type, Type generic)
    {
        foreach (Type candidate in type.GetInterfaces().Prepend(type))
            if (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == generic)
                return candidate.GetGenericArguments()[^1];
        return null;
    }

    private Dictionary<string, Type> FieldsOf(Type type)
    {
        if (_fields.TryGetValue(type, out Dictionary<string, Type>? fields))
            return fields;
        fields = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>() is { } name)
                fields.TryAdd(name.Name, property.PropertyType);
        _fields.Add(type, fields);
        return fields;
    }
}
