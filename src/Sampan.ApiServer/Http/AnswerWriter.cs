using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http;

/// <summary>Writes one model object, or finished bytes, as the answer.</summary>
internal static class AnswerWriter
{
    private const int FlushSize = 64 * 1024;

    /// <summary>JSON for people.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Encoder = JsonCodec.WriterOptions.Encoder,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    public static ValueTask WriteAsync(HttpContext http, AnswerFormat format, ITyped value, int code = StatusCodes.Status200OK) =>
        format.Format == WireFormat.Protobuf
            ? BytesAsync(http, Protobuf(value), format.ContentType, code)
            : JsonAsync(http, format, ObjectForms.Encode(value), code);

    /// <summary>Writes JSON as it is, indented, or turned into YAML.</summary>
    public static ValueTask JsonAsync(HttpContext http, AnswerFormat format, ReadOnlyMemory<byte> json, int code = StatusCodes.Status200OK) =>
        format switch
        {
            { Format: WireFormat.Yaml } => BytesAsync(http, Yaml(json), format.ContentType, code),
            { Pretty: true } => BytesAsync(http, Indent(json), format.ContentType, code),
            _ => BytesAsync(http, json, MediaTypes.Json, code),
        };

    public static async ValueTask BytesAsync(HttpContext http, ReadOnlyMemory<byte> bytes, string contentType, int code)
    {
        using var span = RequestSpans.StartSerialization(http);
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        Spans.Event("About to start writing response", "size", bytes.Length);
        if (bytes.Length > DeferredOutput.Threshold && DeferredOutput.AcceptsGzip(http.Request))
        {
            await GzipAsync(http, bytes);
        }
        else
        {
            http.Response.ContentLength = bytes.Length;
            // In slices, so that a large answer is not copied into the connection's buffers as a whole.
            for (var rest = HttpMethods.IsHead(http.Request.Method) ? default : bytes; rest.Length > 0; rest = rest[Math.Min(rest.Length, FlushSize)..])
            {
                await http.Response.BodyWriter.WriteAsync(rest[..Math.Min(rest.Length, FlushSize)], http.RequestAborted);
            }
        }
        Spans.Event("Write call succeeded", "size", bytes.Length);
    }

    private static async ValueTask GzipAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        DeferredOutput.MarkAsGzip(http.Response);
        await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(bytes, http.RequestAborted);
    }

    private static byte[] Protobuf(ITyped value)
    {
        using var writer = new ProtoWriter();
        ProtoCodec.Encode(value, writer);
        return writer.ToArray();
    }

    private static byte[] Yaml(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetBytes(YamlTree.Format(JsonTree.Parse(json.Span)));

    public static byte[] Indent(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        var output = new ArrayBufferWriter<byte>(json.Length * 2);
        using (var writer = new Utf8JsonWriter(output, Indented))
        {
            document.WriteTo(writer);
        }
        return [.. output.WrittenSpan, (byte)'\n'];
    }
}
