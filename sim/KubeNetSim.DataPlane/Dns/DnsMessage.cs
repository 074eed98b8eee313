namespace KubeNetSim.DataPlane.Dns;

/// <summary>Sizes of DNS messages.</summary>
public static class DnsMessage
{
    // RFC 1035 4.2.1; with EDNS0 what glibc offers (resolv/resolv-internal.h, RESOLV_EDNS_BUFFER_SIZE).
    private const int MostBytes = 512;
    private const int MostBytesWithEdns = 1_200;

    // RFC 1035 4.1: header; type and class of the question; a record whose name is a pointer, of type A. RFC 6891 6.1.2: the OPT record.
    private const int HeaderBytes = 12;
    private const int QuestionBytes = 4;
    private const int RecordBytes = 16;
    private const int OptBytes = 11;

    /// <summary>Whether an answer with so many A records fits a datagram, so that the client need not ask again over TCP.</summary>
    /// <param name="name">The name, with the trailing dot.</param>
    /// <param name="records">How many A records it has.</param>
    /// <param name="usesEdns">Whether the client uses EDNS0.</param>
    public static bool FitsDatagram(string name, int records, bool usesEdns)
    {
        // Each label has a length in front of it, which is where the dots are; one more byte ends the name.
        int bytes = HeaderBytes + name.Length + 1 + QuestionBytes + (records * RecordBytes);
        return usesEdns ? bytes + OptBytes <= MostBytesWithEdns : bytes <= MostBytes;
    }
}
