using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>Asks one name server: over UDP from a fresh port with a random id, over TCP when the answer is too long.</summary>
internal static class Upstream
{
    private const int HeaderOfTcp = 2;

    /// <summary>The question that is sent: the client's, with an id of our own and our own OPT record.</summary>
    public static byte[] Question(ReadOnlySpan<byte> packet, in DnsQuery query)
    {
        const int optSize = 11;
        byte[] question = new byte[query.QuestionEnd + optSize];
        packet[..query.QuestionEnd].CopyTo(question);
        ushort flags = (ushort)(DnsHeader.RecursionDesired | (query.Flags & DnsHeader.CheckingDisabled));
        RandomNumberGenerator.Fill(question.AsSpan(0, 2));
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(2), flags);
        question.AsSpan(4, 8).Clear();
        question[5] = 1;
        question[11] = 1;
        var opt = question.AsSpan(query.QuestionEnd);
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsQuery.MaxUdpSize);
        if (query.DnssecOk) opt[7] = 0x80;
        return question;
    }

    /// <summary>The answer of the server; null when what came does not belong to the question.</summary>
    public static async Task<UpstreamAnswer?> AskAsync(IPEndPoint server, byte[] question, int questionEnd, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(question, cancellationToken);
        while (true)
        {
            int length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (!IsAnswer(buffer.AsSpan(0, length), question, questionEnd)) continue;
            bool truncated = (BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2)) & DnsHeader.Truncated) != 0;
            return truncated
                ? await AskOverTcpAsync(server, question, questionEnd, cancellationToken)
                : UpstreamAnswer.TryRead(buffer.AsSpan(0, length));
        }
    }

    private static async Task<UpstreamAnswer?> AskOverTcpAsync(
        IPEndPoint server, byte[] question, int questionEnd, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        byte[] framed = new byte[HeaderOfTcp + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, HeaderOfTcp);
        await stream.WriteAsync(framed, cancellationToken);
        await stream.ReadExactlyAsync(framed.AsMemory(0, HeaderOfTcp), cancellationToken);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(framed)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return IsAnswer(answer, question, questionEnd) ? UpstreamAnswer.TryRead(answer) : null;
    }

    private static bool IsAnswer(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> question, int questionEnd)
    {
        if (answer.Length < questionEnd || !answer[..2].SequenceEqual(question[..2]) || (answer[2] & 0x80) == 0) return false;
        if (DnsRecords.Count(answer, 4) != 1) return false;
        Span<byte> mine = stackalloc byte[DnsName.MaxLength], theirs = stackalloc byte[DnsName.MaxLength];
        int length = DnsName.ReadKey(question, DnsHeader.Size, mine);
        int other = DnsName.ReadKey(answer, DnsHeader.Size, theirs);
        return length == other && mine[..length].SequenceEqual(theirs[..length])
            && answer[(questionEnd - 4)..questionEnd].SequenceEqual(question[(questionEnd - 4)..questionEnd]);
    }
}
