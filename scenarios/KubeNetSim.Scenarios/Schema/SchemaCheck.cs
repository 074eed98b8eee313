using System.Reflection;
using System.Text.Json.Serialization;
using k8s.Models;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>
/// Checks a document against an official API type: every field that the type does not have, and every value of the wrong type, with its
/// position. The types are Kubernetes' own (KubernetesClient), so they are complete; their reading is ours, so that errors are, too.
/// </summary>
internal sealed class SchemaCheck(List<Problem> problems)
{
    private readonly Dictionary<Type, Shape> _shapes = [];

    // Where the check is; written out only for a problem.
    private readonly List<string> _path = [];

    /// <summary>Checks a node against a type.</summary>
    public void Check(ManifestNode node, Type type)
    {
        Shape shape = ShapeOf(type);
        if (node is ScalarNode { Kind: ScalarKind.Null } || shape.Kind == ShapeKind.Anything)
            return;
        switch (shape.Kind)
        {
            case ShapeKind.Scalar:
                CheckScalar(node, shape.Type);
                break;
            case ShapeKind.Map:
                CheckMap(node, shape.Element!);
                break;
            case ShapeKind.List:
                CheckList(node, shape.Element!);
                break;
            default:
                CheckObject(node, shape);
                break;
        }
    }

    private void CheckObject(ManifestNode node, Shape shape)
    {
        if (node is not MappingNode mapping)
        {
            WrongType(node, "a mapping");
            return;
        }
        Dictionary<string, Type> fields = shape.Fields;
        foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
        {
            _path.Add(_path.Count == 0 ? key.Text : $".{key.Text}");
            if (fields.TryGetValue(key.Text, out Type? fieldType))
                Check(value, fieldType);
            else if (fields.Count > 0)
                problems.Add(new Problem(Severity.Error, "unknown-field", key.Position, string.Concat(_path),
                    $"There is no field \"{key.Text}\" here", Spelling.Help(key.Text, fields.Keys)));
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void CheckMap(ManifestNode node, Type valueType)
    {
        if (node is not MappingNode mapping)
        {
            WrongType(node, "a mapping");
            return;
        }
        foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
            CheckAt($".{key.Text}", value, valueType);
    }

    private void CheckList(ManifestNode node, Type itemType)
    {
        if (node is not SequenceNode sequence)
        {
            WrongType(node, "a list");
            return;
        }
        for (int item = 0; item < sequence.Items.Count; item++)
            CheckAt($"[{item}]", sequence.Items[item], itemType);
    }

    private void CheckAt(string step, ManifestNode node, Type type)
    {
        _path.Add(step);
        Check(node, type);
        _path.RemoveAt(_path.Count - 1);
    }

    private void CheckScalar(ManifestNode node, Type type)
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
            WrongType(node, wanted);
    }

    private void WrongType(ManifestNode node, string wanted) =>
        problems.Add(new Problem(Severity.Error, "wrong-type", node.Position, string.Concat(_path), $"This must be {wanted.Split(';')[0]}, and is {node.Describe()}",
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

    private Shape ShapeOf(Type type)
    {
        if (!_shapes.TryGetValue(type, out Shape? shape))
            _shapes.Add(type, shape = MakeShape(Nullable.GetUnderlyingType(type) ?? type));
        return shape;
    }

    private static Shape MakeShape(Type type) =>
        type == typeof(object) ? new Shape(type, ShapeKind.Anything)
        : IsScalar(type) ? new Shape(type, ShapeKind.Scalar)
        : ElementOf(type, typeof(IDictionary<,>)) is { } value ? new Shape(type, ShapeKind.Map) { Element = value }
        : ElementOf(type, typeof(IList<>)) is { } item ? new Shape(type, ShapeKind.List) { Element = item }
        : new Shape(type, ShapeKind.Object) { Fields = FieldsOf(type) };

    private static Dictionary<string, Type> FieldsOf(Type type)
    {
        Dictionary<string, Type> fields = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.GetCustomAttribute<JsonPropertyNameAttribute>() is { } name)
                fields.TryAdd(name.Name, property.PropertyType);
        return fields;
    }

    private enum ShapeKind
    {
        Anything,
        Scalar,
        Map,
        List,
        Object,
    }

    // What reflection says of a type, asked once.
    private sealed record Shape(Type Type, ShapeKind Kind)
    {
        public Type? Element { get; init; }

        public Dictionary<string, Type> Fields { get; init; } = [];
    }
}
