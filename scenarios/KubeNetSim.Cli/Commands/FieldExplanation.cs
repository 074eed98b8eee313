namespace KubeNetSim.Cli.Commands;

/// <summary>Prints a field in the format of <c>kubectl explain</c>.</summary>
internal static class FieldExplanation
{
    private const int Width = 80;
    private const string Indent = "    ";

    public static void Write(TextWriter output, DocumentKind kind, DocumentNode node, bool isRecursive)
    {
        output.WriteLine($"KIND:       {kind.Name}\nVERSION:    {DocumentKind.ApiVersion}\n");
        if (node.Name != kind.Name)
            output.WriteLine($"FIELD: {node.Name} <{TypeOf(node)}>\n");
        output.WriteLine("DESCRIPTION:");
        Wrapped(output, Description(node), Indent);
        if (node.Fields.IsEmpty)
            return;
        output.WriteLine("\nFIELDS:");
        foreach (DocumentNode field in node.Fields)
            Write(output, field, isRecursive, "  ");
    }

    private static void Write(TextWriter output, DocumentNode node, bool isRecursive, string indent)
    {
        output.WriteLine($"{indent}{node.Name}\t<{TypeOf(node)}>{(node.Field is { IsRequired: true } ? " -required-" : "")}");
        if (isRecursive)
            foreach (DocumentNode field in node.Fields)
                Write(output, field, isRecursive, indent + "  ");
        else
        {
            Wrapped(output, Description(node), indent + "  ");
            output.WriteLine();
        }
    }

    private static string TypeOf(DocumentNode node) => (node.IsList ? "[]" : "") + (node.Field is { Unit.Length: > 0 } field ? field.Unit : "mapping");

    private static string Description(DocumentNode node)
    {
        if (node.Field is not { } field)
            return node.About.Length > 0 ? node.About : $"Has the fields {string.Join(", ", node.Fields.Select(one => one.Name))}.";
        string range = field.Range.Length > 0 ? $" Range: {field.Range}." : "";
        string otherwise = field.Default.Length > 0 && !field.IsRequired ? $" Default: {field.Default}." : "";
        return $"{field.Meaning}{otherwise}{range} {node.About}";
    }

    private static void Wrapped(TextWriter output, string text, string indent)
    {
        string line = indent;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent.Length && line.Length + 1 + word.Length > Width)
            {
                output.WriteLine(line);
                line = indent;
            }
            line += line.Length == indent.Length ? word : $" {word}";
        }
        output.WriteLine(line);
    }
}
