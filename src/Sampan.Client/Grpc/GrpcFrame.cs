using System.Buffers.Binary;
using Google.Protobuf;

namespace Sampan.Client.Grpc;

/// <summary>
/// A message on the wire: one byte "compressed" (always 0 here), four bytes of big-endian length, the message.
/// <code>00 00 00 00 03 | 0a 01 78</code>
/// </summary>
internal static class GrpcFrame
{
    private const int HeaderSize = 5;

    public static byte[] Encode<T>(T message) where T : IMessage<T>
    {
        var size = message.CalculateSize();
        var frame = new byte[HeaderSize + size];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), size);
        message.WriteTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>Reads the next message; null at the end of the stream.</summary>
    public static async ValueTask<byte[]?> ReadAsync(Stream body, int maxSize, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderSize];
        var read = await body.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderSize)
        {
            throw new RpcException(GrpcStatusCode.Internal, "the stream ended inside a message header");
        }

        return await ReadPayloadAsync(body, header, maxSize, cancellationToken);
    }

    private static async ValueTask<byte[]> ReadPayloadAsync(Stream body, byte[] header, int maxSize, CancellationToken cancellationToken)
    {
        if (header[0] != 0)
        {
            throw new RpcException(GrpcStatusCode.Unimplemented, "compressed messages are not accepted");
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (size > maxSize)
        {
            throw new RpcException(GrpcStatusCode.ResourceExhausted, $"received message larger than max ({size} vs. {maxSize})");
        }

        var payload = new byte[size];
        if (await body.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, cancellationToken) < payload.Length)
        {
            throw new RpcException(GrpcStatusCode.Internal, "the stream ended inside a message");
        }

        return payload;
    }
}
