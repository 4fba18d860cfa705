using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http;

/// <summary>
/// An answer whose length shows as it is written. A short one is sent as a whole, with its length; once it is long it streams, compressed
/// if the client takes gzip. What waits to be sent is bounded: a flush waits for the client.
/// </summary>
internal sealed class DeferredOutput(HttpContext http, string contentType, int code = StatusCodes.Status200OK) : IBufferWriter<byte>, IAsyncDisposable
{
    /// <summary>Shorter answers are neither streamed nor worth compressing.</summary>
    public const int Threshold = 128 * 1024;

    private const int BlockSize = 64 * 1024;

    private readonly PooledBuffer _first = new();
    private GZipStream? _gzip;
    private PipeWriter? _pipe;

    public long Written { get; private set; }

    private IBufferWriter<byte> Target => _pipe ?? (IBufferWriter<byte>)_first;

    public void Advance(int count)
    {
        Written += count;
        Target.Advance(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => Target.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Target.GetSpan(sizeHint);

    public async ValueTask FlushAsync(CancellationToken cancelled)
    {
        if (_pipe is null)
        {
            if (Written <= Threshold)
            {
                return;
            }
            Begin();
        }
        await _pipe!.FlushAsync(cancelled);
    }

    /// <summary>Sends the rest.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancelled)
    {
        await FlushAsync(cancelled);
        if (_pipe is null)
        {
            await SendWholeAsync(cancelled);
        }
        else if (_gzip is not null)
        {
            await _pipe.CompleteAsync();
            await _gzip.DisposeAsync();
        }
    }

    /// <summary>Gives the buffers back, also of an answer that was broken off.</summary>
    public ValueTask DisposeAsync()
    {
        _first.Dispose();
        return default;
    }

    /// <summary>Whether the client names gzip among the encodings it takes.</summary>
    public static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.Any(line => line!.Split(',').Any(token => token.AsSpan().Trim() is "gzip"));

    public static void MarkAsGzip(HttpResponse response)
    {
        response.Headers.ContentEncoding = "gzip";
        response.Headers.Append("Vary", "Accept-Encoding");
    }

    private void Begin()
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType) = (code, contentType);
        _pipe = response.BodyWriter;
        if (AcceptsGzip(http.Request))
        {
            MarkAsGzip(response);
            _gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            _pipe = PipeWriter.Create(_gzip, new StreamPipeWriterOptions(minimumBufferSize: BlockSize, leaveOpen: true));
        }
        _pipe.Write(_first.Written.Span);
        _first.Dispose();
    }

    private async ValueTask SendWholeAsync(CancellationToken cancelled)
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (code, contentType, _first.Written.Length);
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.BodyWriter.WriteAsync(_first.Written, cancelled);
        }
    }
}
