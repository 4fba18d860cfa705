using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Sampan.ApiServer.Loopback;

/// <summary>A response body that its reader sees while it is written.</summary>
internal sealed class StreamingBody(PipeWriter writer) : IHttpResponseBodyFeature
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Stream Stream => field ??= new NoticingStream(writer.AsStream(leaveOpen: true), () => _started.TrySetResult());

    public PipeWriter Writer => field ??= PipeWriter.Create(Stream, new StreamPipeWriterOptions(leaveOpen: true));

    /// <summary>Completes with the first byte, when the answer's code is settled.</summary>
    public Task Started => _started.Task;

    public async Task CompleteAsync()
    {
        await Writer.FlushAsync();
        await writer.CompleteAsync();
        _started.TrySetResult();
    }

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("the API server sends no files");

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }
}
