using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// YamlDotNet's parser, for input that nobody vouches for: on some broken texts its scanner fails with exceptions that are not its own (a list
/// without its bracket: <see cref="InvalidOperationException"/>), and these become syntax errors at the place that was reached.
/// </summary>
internal sealed class SafeParser(TextReader text) : IParser
{
    private readonly Parser _parser = new(text);
    private Mark _reached = Mark.Empty;

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            bool moved = _parser.MoveNext();
            _reached = _parser.Current?.End ?? _reached;
            return moved;
        }
        catch (Exception error) when (error is not (YamlException or OutOfMemoryException))
        {
            throw new YamlException(_reached, _reached, "what follows is no value", error);
        }
    }
}
