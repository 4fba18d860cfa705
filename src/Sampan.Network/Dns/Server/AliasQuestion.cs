using System.Buffers.Binary;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Server;

/// <summary>Makes the query for the name that an alias stands for out of the query for the alias.</summary>
internal static class AliasQuestion
{
    public static byte[] Build(ReadOnlySpan<byte> packet, in DnsQuery query, byte[] name)
    {
        byte[] question = new byte[DnsHeader.Size + name.Length + 4];
        packet[..2].CopyTo(question);
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(2), DnsHeader.RecursionDesired);
        question[5] = 1;
        name.CopyTo(question, DnsHeader.Size);
        packet[(query.QuestionEnd - 4)..query.QuestionEnd].CopyTo(question.AsSpan(DnsHeader.Size + name.Length));
        return question;
    }
}
