namespace KubeNetSim.Scenarios.Validation;

/// <summary>How many items a list may have.</summary>
internal static class ItemRules
{
    public static void AtMost(Fields fields, string key, int most)
    {
        if (fields.List(key) is { Count: var count } && count > most)
            fields.Error("too-many-items", key, $"There are {count}, and the API server takes {most}", "split the object");
    }

    public static void AtLeastOne(Fields? fields, string key, string example)
    {
        if (fields is not null && !fields.Has(key))
            fields.Error("required-field", key, $"The field \"{key}\" is required", example);
        else if (fields?.Ask(key) is SequenceNode { Items.Count: 0 })
            fields.Error("required-field", key, "There must be at least one", example);
    }
}
