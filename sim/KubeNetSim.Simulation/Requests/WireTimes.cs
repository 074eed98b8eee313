namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// When the packets of a new connection arrive, up to the request [ns]. The rules of the backend's own node are evaluated when the SYN
/// enters
/// it and are not part of these times.
/// </summary>
/// <param name="SynAtNs">The SYN, or the datagram, at the backend's node.</param>
/// <param name="SynAckAtNs">The SYN-ACK at the client; null for a datagram.</param>
/// <param name="TlsDoneAtNs">The server's last message of the TLS handshake at the client; null without TLS.</param>
/// <param name="RequestSentAtNs">The request leaves the client.</param>
/// <param name="RequestAtNs">The request at the backend's node.</param>
internal readonly record struct WireTimes(long SynAtNs, long? SynAckAtNs, long? TlsDoneAtNs, long RequestSentAtNs, long RequestAtNs);
