using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Events one after the other in the answer; a protobuf event has its length (4 bytes, big endian) before it.</summary>
internal sealed class HttpWatchSink : IWatchSink
{
    /// <summary>How much is written between two flushes.</summary>
    private const int FlushSize = 64 * 1024;

    private readonly HttpContext _http;
    private readonly WatchEncoder _encoder;
    private readonly ArrayBufferWriter<byte> _event = new();
    private long _unflushed;

    public HttpWatchSink(HttpContext http, WatchEncoder encoder)
    {
        (_http, _encoder) = (http, encoder);
        http.Response.ContentType = encoder.ContentType;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private PipeWriter Output => _http.Response.BodyWriter;

    public async ValueTask BeginAsync(CancellationToken cancelled)
    {
        await _http.Response.StartAsync(cancelled);
        await Output.FlushAsync(cancelled);
    }

    public ValueTask WriteAsync(WatchItem item, CancellationToken cancelled)
    {
        if (_encoder.IsText)
        {
            _encoder.Write(Output, item);
        }
        else
        {
            _encoder.Write(_event, item);
            WriteFramed();
        }
        _unflushed += item.Object?.Json.Length ?? 0;
        return _unflushed > FlushSize ? FlushAsync(cancelled) : default;
    }

    public ValueTask WriteErrorAsync(Status status, CancellationToken cancelled)
    {
        if (_encoder.IsText)
        {
            _encoder.WriteError(Output, status);
        }
        else
        {
            _encoder.WriteError(_event, status);
            WriteFramed();
        }
        return FlushAsync(cancelled);
    }

    public async ValueTask FlushAsync(CancellationToken cancelled)
    {
        _unflushed = 0;
        await Output.FlushAsync(cancelled);
    }

    private void WriteFramed()
    {
        BinaryPrimitives.WriteInt32BigEndian(Output.GetSpan(4), _event.WrittenCount);
        Output.Advance(4);
        Output.Write(_event.WrittenSpan);
        _event.ResetWrittenCount();
    }
}
