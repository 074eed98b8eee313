using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// An answer to one question about a name, as a cache keeps it. Immutable: when a name gets other addresses, there is another answer.
/// </summary>
/// <param name="addresses">The addresses; none where the name does not exist or has no such record.</param>
/// <param name="isForwarded">Whether cluster DNS has it from an upstream resolver.</param>
internal sealed class NameAnswer(ImmutableArray<IpAddress> addresses, bool isForwarded)
{
    /// <summary>The addresses.</summary>
    public ImmutableArray<IpAddress> Addresses { get; } = addresses;

    /// <summary>Whether cluster DNS has it from an upstream resolver.</summary>
    public bool IsForwarded { get; } = isForwarded;

    /// <summary>Whether it says the same as another one.</summary>
    public bool Equals(NameAnswer other) => IsForwarded == other.IsForwarded && Addresses.SequenceEqual(other.Addresses);
}

/// <summary>Answers that one kind of server keeps, each until its TTL ends.</summary>
internal sealed class AnswerCache
{
    private readonly Dictionary<(int Server, int Question), (NameAnswer Answer, long Until)> _answers = [];

    /// <summary>The answer that a server keeps at a time; false where it keeps none.</summary>
    public bool TryGet(int server, int question, long now, out (NameAnswer Answer, long Until) kept) =>
        _answers.TryGetValue((server, question), out kept) && now < kept.Until;

    /// <summary>A server keeps an answer until a time [ns].</summary>
    public void Keep(int server, int question, NameAnswer answer, long until) => _answers[(server, question)] = (answer, until);
}
