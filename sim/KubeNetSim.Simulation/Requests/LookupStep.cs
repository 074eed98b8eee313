namespace KubeNetSim.Simulation.Requests;

/// <summary>The questions that a resolver has about a name.</summary>
[Flags]
internal enum Questions : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Its IPv4 addresses.</summary>
    A = 1,

    /// <summary>Its IPv6 addresses.</summary>
    Aaaa = 2,

    /// <summary>Both.</summary>
    Both = A | Aaaa,
}

/// <summary>How far a look-up has come. Three bytes, since a request in flight carries it.</summary>
internal struct LookupStep
{
    private const int SentShift = 2;
    private const int TcpBit = 16;
    private const int ServerShift = 5;

    /// <summary>The place in the search path of the name that is asked for.</summary>
    public byte Name;

    /// <summary>How often the resolver has asked for this name before.</summary>
    public byte Tries;

    private byte _bits;

    /// <summary>Questions without an answer.</summary>
    public Questions Pending
    {
        readonly get => (Questions)_bits & Questions.Both;
        set => _bits = (byte)((_bits & ~(int)Questions.Both) | (int)value);
    }

    /// <summary>Questions that are on their way, or whose answers are: none where they are lost.</summary>
    public Questions Sent
    {
        readonly get => (Questions)(_bits >> SentShift) & Questions.Both;
        set => _bits = (byte)((_bits & ~((int)Questions.Both << SentShift)) | ((int)value << SentShift));
    }

    /// <summary>Whether they go over TCP.</summary>
    public bool OverTcp
    {
        readonly get => (_bits & TcpBit) != 0;
        set => _bits = (byte)(value ? _bits | TcpBit : _bits & ~TcpBit);
    }

    /// <summary>The server that the look-up began with, below 3.</summary>
    public int FirstServer
    {
        readonly get => _bits >> ServerShift;
        set => _bits = (byte)((_bits & ((1 << ServerShift) - 1)) | (value << ServerShift));
    }

    /// <summary>How many questions are on their way.</summary>
    public readonly int SentCount => Sent switch
    {
        Questions.None => 0,
        Questions.Both => 2,
        _ => 1,
    };
}
