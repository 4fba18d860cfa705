using System.Buffers;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>A thread's place to write JSON: what is written is copied out of it, and only the copy is allocated.</summary>
internal sealed class EncodeBuffer
{
    /// <summary>A larger one is not kept for the next value.</summary>
    private const int Largest = 1 << 18;

    [ThreadStatic]
    private static EncodeBuffer? _free;

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly Utf8JsonWriter _writer;

    private EncodeBuffer() => _writer = new(_output, JsonTree.WriterOptions);

    // What is written inside another value, or after one that failed, gets a buffer of its own.
    public static byte[] Encode<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        EncodeBuffer buffer = _free ?? new EncodeBuffer();
        _free = null;
        write(buffer._writer, value);
        return buffer.End();
    }

    private byte[] End()
    {
        _writer.Flush();
        byte[] bytes = _output.WrittenSpan.ToArray();
        if (_output.Capacity > Largest) return bytes;
        _output.ResetWrittenCount();
        _writer.Reset();
        _free = this;
        return bytes;
    }
}
