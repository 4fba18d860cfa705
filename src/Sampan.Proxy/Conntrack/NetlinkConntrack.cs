using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Conntrack;

/// <summary>
/// The flows as the kernel lists them over netlink (subsystem ctnetlink). A message is
/// <code>length 4 │ type 2 │ flags 2 │ sequence 4 │ port 4 ║ family 1 │ version 1 │ resource 2 ║ attributes…</code>
/// The socket is opened for each use: changes of UDP endpoints are rare.
/// </summary>
internal sealed class NetlinkConntrack(Func<NetlinkSocket> open) : IConntrack
{
    private const ushort Get = 0x0101, Delete = 0x0102, Done = 3, Error = 2;
    private const ushort Request = 1, Acknowledge = 4, Dump = 0x300;
    private const ushort TupleOriginal = 1, TupleReply = 2, Zone = 18, TupleIP = 1, TupleProtocol = 2;
    private const ushort SourceV4 = 1, DestinationV4 = 2, SourceV6 = 3, DestinationV6 = 4;
    private const ushort ProtocolNumber = 1, SourcePort = 2, DestinationPort = 3, Nested = 0x8000;
    private const int HeaderSize = 20, Udp = 17;

    public int ForgetStaleUdp(IPFamily family, IReadOnlyDictionary<Frontend, FrontendRule?> frontends)
    {
        using var socket = open();
        byte number = (byte)(family == IPFamily.V6 ? 10 : 2);
        var stale = List(socket, number).Where(flow => StaleFlows.IsStale(flow, frontends)).ToList();
        foreach (var flow in stale) Forget(socket, number, flow);
        return stale.Count;
    }

    private static List<Flow> List(NetlinkSocket socket, byte family)
    {
        var flows = new List<Flow>();
        socket.Send(Message(Get, Request | Dump, family, []));
        Read(socket, (type, body) =>
        {
            if (type is not Done and not Error && Parse(body) is { } flow) flows.Add(flow);
        });
        return flows;
    }

    private static void Forget(NetlinkSocket socket, byte family, Flow flow)
    {
        byte[] attributes = [.. Attribute(TupleOriginal | Nested, flow.Tuple), .. flow.Zone is { } zone ? Attribute(Zone, zone) : []];
        socket.Send(Message(Delete, Request | Acknowledge, family, attributes));

        // A flow that ended meanwhile gives an error that means the same as success.
        Read(socket, (_, _) => { });
    }

    /// <summary>Reads messages up to the one that ends an answer: "done" after a list, "error" (or its absence, 0) after a request.</summary>
    private static void Read(NetlinkSocket socket, Action<ushort, byte[]> onMessage)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            var rest = buffer.AsSpan(0, socket.Receive(buffer));
            while (rest.Length >= 16)
            {
                int length = MemoryMarshal.Read<int>(rest);
                if (length < 16 || length > rest.Length) return;
                ushort type = MemoryMarshal.Read<ushort>(rest[4..]);
                onMessage(type, length > HeaderSize ? rest[HeaderSize..length].ToArray() : []);
                if (type is Done or Error) return;
                rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
            }
        }
    }

    private static Flow? Parse(ReadOnlySpan<byte> body)
    {
        var original = NetlinkAttributes.Find(body, TupleOriginal);
        var reply = NetlinkAttributes.Find(body, TupleReply);
        var protocol = NetlinkAttributes.Find(original, TupleProtocol);
        if (NetlinkAttributes.Find(protocol, ProtocolNumber) is not [Udp]) return null;
        var destination = Address(original, DestinationV4, DestinationV6);
        var source = Address(reply, SourceV4, SourceV6);
        if (destination is null || source is null) return null;
        int port = NetlinkAttributes.Port(NetlinkAttributes.Find(protocol, DestinationPort));
        int replyPort = NetlinkAttributes.Port(NetlinkAttributes.Find(NetlinkAttributes.Find(reply, TupleProtocol), SourcePort));
        var zone = NetlinkAttributes.Find(body, Zone);
        return new Flow(destination, port, source, replyPort, original.ToArray(), zone.IsEmpty ? null : zone.ToArray());
    }

    private static IPAddress? Address(ReadOnlySpan<byte> tuple, ushort v4, ushort v6)
    {
        var ip = NetlinkAttributes.Find(tuple, TupleIP);
        var value = NetlinkAttributes.Find(ip, v4);
        if (value.IsEmpty) value = NetlinkAttributes.Find(ip, v6);
        return value.Length is 4 or 16 ? new IPAddress(value) : null;
    }

    private static byte[] Message(ushort type, int flags, byte family, byte[] attributes)
    {
        byte[] message = new byte[HeaderSize + attributes.Length];
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        MemoryMarshal.Write(message.AsSpan(6), (ushort)flags);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(8), 1);
        message[16] = family;
        attributes.CopyTo(message, HeaderSize);
        return message;
    }

    private static byte[] Attribute(int type, byte[] value)
    {
        byte[] attribute = new byte[4 + ((value.Length + 3) & ~3)];
        MemoryMarshal.Write(attribute, (ushort)(4 + value.Length));
        MemoryMarshal.Write(attribute.AsSpan(2), (ushort)type);
        value.CopyTo(attribute, 4);
        return attribute;
    }
}
