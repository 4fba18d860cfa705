using System.Buffers;
using System.Text;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// Writes one watch event around its object's cached bytes.
/// <code>
/// JSON:      {"type":"ADDED","object":{…}}\n
/// protobuf:  WatchEvent { 1: type, 2: RawExtension { 1: k8s\0 document } }
/// </code>
/// </summary>
internal sealed class WatchEncoder(ApiRequest request, ResourceDescriptor resource, AnswerFormat format, HistogramValue sizes)
{
    private bool _hasColumns;

    private bool IsPartial => format.View == ObjectView.PartialMetadata;

    public bool IsText => format.Format != WireFormat.Protobuf;

    public string ContentType => IsText ? MediaTypes.Json : MediaTypes.ProtobufWatch;

    public void Write(IBufferWriter<byte> output, WatchItem item)
    {
        if (!IsText)
        {
            var view = ViewOf(item);
            var document = IsPartial ? ObjectForms.PartialProtobuf(view, format.ViewVersion) : ObjectForms.Protobuf(view);
            sizes.Observe(document.Length);
            WriteProtobuf(output, WatchEvents.TypeOf(item), document);
        }
        else
        {
            var json = format.View == ObjectView.Table ? TableOf(item) : ViewOf(item).Json;
            sizes.Observe(json.Length);
            WriteJson(output, WatchEvents.TypeOf(item), json.Span);
        }
    }

    public void WriteError(IBufferWriter<byte> output, Status status)
    {
        if (IsText)
        {
            WriteJson(output, "ERROR", ObjectForms.Encode(status));
        }
        else
        {
            WriteProtobuf(output, "ERROR", ProtoCodec.Encode(status));
        }
    }

    private CachedObject ViewOf(WatchItem item)
    {
        var served = WatchEvents.ObjectOf(item, resource);
        return IsPartial ? ObjectForms.Partial(served, format.ViewVersion) : served;
    }

    /// <summary>A table of one row, also for a bookmark; the columns are told once.</summary>
    private ReadOnlyMemory<byte> TableOf(WatchItem item)
    {
        var served = WatchEvents.ObjectOf(item, resource);
        var meta = new ListMeta { ResourceVersion = item.Revision.ToString() };
        var table = TableAnswer.One(request, format, resource.Kind, served.Object, meta, !_hasColumns);
        _hasColumns = true;
        return table;
    }

    private static void WriteJson(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> json)
    {
        output.Write("{\"type\":\""u8);
        Encoding.ASCII.GetBytes(type.AsSpan(), output);
        output.Write("\",\"object\":"u8);
        output.Write(json);
        output.Write("}\n"u8);
    }

    private static void WriteProtobuf(IBufferWriter<byte> output, string type, ReadOnlySpan<byte> document)
    {
        using var writer = new ProtoWriter();
        writer.WriteString(1, type);
        var mark = writer.BeginMessage(2);
        writer.WriteBytes(1, document);
        writer.EndMessage(mark);
        output.Write(writer.WrittenSpan);
    }
}
