using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Reference;

/// <summary>A field of a document of ours, as the row of its table says it.</summary>
/// <param name="Unit">What its value is: a unit or a kind, for example duration.</param>
/// <param name="Default">What holds where it is left out; <c>required</c> where it may not be.</param>
/// <param name="Range">Which values are taken; empty for all.</param>
/// <param name="Meaning">What it means, in a sentence.</param>
public sealed record DocumentField(string Unit, string Default, string Range, string Meaning)
{
    /// <summary>Whether it must be there.</summary>
    public bool IsRequired => Default == "required";
}

/// <summary>A place in a document: a field, with the fields below it.</summary>
/// <param name="Name">Name of the field; <c>*</c> for any name.</param>
public sealed record DocumentNode(string Name)
{
    /// <summary>Whether it holds a list of what is below it.</summary>
    public bool IsList { get; init; }

    /// <summary>What its row says; null where only fields below it have rows.</summary>
    public DocumentField? Field { get; init; }

    /// <summary>What the page says of it where it has no row; empty where nothing.</summary>
    public string About { get; init; } = "";

    /// <summary>The fields below it, in the order of the page.</summary>
    public ImmutableArray<DocumentNode> Fields { get; init; } = [];

    /// <summary>The field below it of a name; null where there is none.</summary>
    public DocumentNode? Find(string name) => Fields.FirstOrDefault(field => field.Name == name) ?? Fields.FirstOrDefault(field => field.Name == "*");
}

/// <summary>A kind of document of ours.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="About">What it is for, in a sentence.</param>
/// <param name="Spec">The fields of its spec.</param>
/// <param name="NeedsName">Whether it must have a name.</param>
public sealed record DocumentKind(string Name, string About, DocumentNode Spec, bool NeedsName)
{
    /// <summary>The apiVersion of all of them.</summary>
    public const string ApiVersion = "kubenetsim.io/v1alpha1";

    /// <summary>The whole document.</summary>
    public DocumentNode Document { get; } = new(Name)
    {
        About = About,
        Fields =
        [
            new DocumentNode("apiVersion") { Field = new DocumentField("word", "required", ApiVersion, "Version of the document's fields.") },
            new DocumentNode("kind") { Field = new DocumentField("word", "required", Name, "Kind of the document.") },
            new DocumentNode("metadata")
            {
                Field = new DocumentField("mapping", NeedsName ? "required" : "", "", "What it is called."),
                Fields = [new DocumentNode("name") { Field = new DocumentField("text", NeedsName ? "required" : "that of the file", "", "Its name.") }],
            },
            Spec,
        ],
    };
}
