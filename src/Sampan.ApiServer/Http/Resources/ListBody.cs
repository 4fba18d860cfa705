using System.Buffers;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A list on its way: what comes before the objects, each object, what comes after. It is never put together in memory.</summary>
internal abstract class ListBody(IReadOnlyCollection<CachedObject> items)
{
    /// <summary>How much is written between two flushes.</summary>
    private const int FlushSize = 64 * 1024;

    protected IReadOnlyCollection<CachedObject> Items => items;

    public async ValueTask WriteAsync(DeferredOutput output, CancellationToken cancelled)
    {
        Begin(output);
        var flushed = output.Written;
        var index = 0;
        foreach (var item in items)
        {
            var rest = Write(output, item, index++);
            do
            {
                // In slices, so that a large object does not wait in the connection's buffers as a whole.
                var part = rest[..Math.Min(rest.Length, FlushSize)];
                output.Write(part.Span);
                rest = rest[part.Length..];
                if (output.Written - flushed >= FlushSize)
                {
                    flushed = output.Written;
                    await output.FlushAsync(cancelled);
                }
            }
            while (!rest.IsEmpty);
        }
        End(output);
        await output.CompleteAsync(cancelled);
    }

    protected abstract void Begin(IBufferWriter<byte> output);

    /// <summary>Writes an object, or what comes before the bytes that are ready: those are the result.</summary>
    protected abstract ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index);

    protected abstract void End(IBufferWriter<byte> output);
}
