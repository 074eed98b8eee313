using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace KubeNetSim.Cli.Get;

/// <summary>Reads a selector as <c>kubectl get -l</c> takes it: <c>app=web,tier!=cache,env in (a,b),!legacy</c> (k8s.io/apimachinery pkg/labels, Parse).</summary>
internal static partial class SelectorText
{
    /// <summary>Reads it; false where it is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelector? selector)
    {
        selector = null;
        List<LabelRequirement> requirements = [];
        // Commas between parentheses part values, not requirements.
        foreach (string part in Comma().Split(text))
        {
            Match match = Requirement().Match(part);
            if (!match.Success)
                return false;
            requirements.Add(Of(match));
        }
        selector = new LabelSelector { Requirements = [.. requirements] };
        return true;
    }

    private static LabelRequirement Of(Match match)
    {
        string key = match.Groups["key"].Value;
        if (match.Groups["set"].Success)
            return new LabelRequirement(key, match.Groups["set"].Value == "in" ? LabelOperator.In : LabelOperator.NotIn, [.. match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries)]);
        if (match.Groups["sign"].Success)
            return new LabelRequirement(key, match.Groups["sign"].Value == "!=" ? LabelOperator.NotIn : LabelOperator.In, [match.Groups["value"].Value]);
        return new LabelRequirement(key, match.Groups["not"].Success ? LabelOperator.DoesNotExist : LabelOperator.Exists, []);
    }

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^\s*(?:(?<not>!)\s*(?<key>[-A-Za-z0-9_./]+)|(?<key>[-A-Za-z0-9_./]+)\s*(?:(?<sign>==|=|!=)\s*(?<value>[-A-Za-z0-9_.]*)|(?<set>in|notin)\s*\((?<values>[-A-Za-z0-9_.,\s]*)\))?)\s*$")]
    private static partial Regex Requirement();
}
