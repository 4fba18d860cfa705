using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// Writes watch events around the objects' cached bytes.
/// <code>
/// JSON:      {"type":"ADDED","object":{…}}\n
/// protobuf:  length (4 bytes, big endian), WatchEvent { 1: type, 2: RawExtension { 1: k8s\0 document } }
/// </code>
/// </summary>
internal sealed class WatchFrames(ApiRequest request, ResourceDescriptor resource, AnswerFormat format)
{
    /// <summary>How much is written between two flushes.</summary>
    public const int FlushSize = 64 * 1024;

    private bool _hasColumns;

    public int Unflushed { get; private set; }

    public void Write(PipeWriter output, WatchItem item)
    {
        if (format.Format == WireFormat.Protobuf)
        {
            WriteProtobuf(output, WatchEvents.TypeOf(item), ObjectForms.Protobuf(ViewOf(item)));
        }
        else if (format.View == ObjectView.Table)
        {
            WriteJson(output, WatchEvents.TypeOf(item), TableOf(item).Span);
        }
        else
        {
            WriteJson(output, WatchEvents.TypeOf(item), ViewOf(item).Json.Span);
        }
    }

    public void WriteError(PipeWriter output, Status status)
    {
        if (format.Format == WireFormat.Protobuf)
        {
            WriteProtobuf(output, "ERROR", ProtoCodec.Encode(status));
        }
        else
        {
            WriteJson(output, "ERROR", ObjectForms.Encode(status));
        }
    }

    public async ValueTask FlushAsync(PipeWriter output, CancellationToken cancelled)
    {
        Unflushed = 0;
        await output.FlushAsync(cancelled);
    }

    private CachedObject ViewOf(WatchItem item)
    {
        var served = WatchEvents.ObjectOf(item, resource);
        return format.View == ObjectView.PartialMetadata ? ObjectForms.Partial(served) : served;
    }

    /// <summary>The columns are told once.</summary>
    private ReadOnlyMemory<byte> TableOf(WatchItem item)
    {
        var served = WatchEvents.ObjectOf(item, resource);
        var isMark = item.Object is null;
        var table = TableAnswer.Build(
            request, resource, isMark ? [] : [served], new ListMeta { ResourceVersion = item.Revision.ToString() }, !_hasColumns);
        _hasColumns = true;
        return table;
    }

    private void WriteJson(PipeWriter output, string type, ReadOnlySpan<byte> json)
    {
        output.Write("{\"type\":\""u8);
        Encoding.ASCII.GetBytes(type.AsSpan(), output);
        output.Write("\",\"object\":"u8);
        output.Write(json);
        output.Write("}\n"u8);
        Unflushed += json.Length + type.Length;
    }

    private void WriteProtobuf(PipeWriter output, string type, ReadOnlySpan<byte> document)
    {
        using var writer = new ProtoWriter();
        writer.WriteString(1, type);
        var mark = writer.BeginMessage(2);
        writer.WriteBytes(1, document);
        writer.EndMessage(mark);
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), writer.WrittenSpan.Length);
        output.Advance(4);
        output.Write(writer.WrittenSpan);
        Unflushed += writer.WrittenSpan.Length;
    }
}
