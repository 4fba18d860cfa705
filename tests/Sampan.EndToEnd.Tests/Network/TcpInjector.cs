using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Sends a TCP packet that belongs to a connection by its addresses, but lies far outside of its window.</summary>
internal static class TcpInjector
{
    private const int Repair = 19, RepairQueue = 20, QueueSequence = 21, Received = 1, Sent = 2, HeaderSize = 20;
    private const byte AckAndPush = 0x18;

    /// <param name="ns">Where the connection's end is.</param>
    /// <param name="end">The end that seems to send.</param>
    /// <param name="client">The other end as this one sees it.</param>
    public static void Send(NetworkNamespace ns, Socket end, IPEndPoint client)
    {
        var from = (IPEndPoint)end.LocalEndPoint!;
        byte[] packet = [.. new byte[HeaderSize], .. "boom"u8];
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)client.Port);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), Sequence(end, Sent) + 200_000_000);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Sequence(end, Received));
        (packet[12], packet[13], packet[14]) = (HeaderSize / 4 << 4, AckAndPush, 16);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(16), Checksum(from.Address, client.Address, packet));
        using var raw = ns.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp));
        raw.SendTo(packet, new IPEndPoint(client.Address, 0));
    }

    /// <summary>Where the connection's end is in what it has sent or received.</summary>
    private static uint Sequence(Socket socket, int queue)
    {
        byte[] sequence = new byte[4];
        Set(socket, Repair, 1);
        Set(socket, RepairQueue, queue);
        socket.GetRawSocketOption((int)ProtocolType.Tcp, QueueSequence, sequence);
        Set(socket, Repair, -1);
        return BitConverter.ToUInt32(sequence);
    }

    private static void Set(Socket socket, int option, int value) => socket.SetRawSocketOption((int)ProtocolType.Tcp, option, BitConverter.GetBytes(value));

    private static ushort Checksum(IPAddress source, IPAddress destination, byte[] packet)
    {
        byte[] all = [.. source.GetAddressBytes(), .. destination.GetAddressBytes(), 0, (byte)ProtocolType.Tcp, 0, (byte)packet.Length, .. packet];
        uint sum = 0;
        for (int i = 0; i < all.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(i));
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
