using System.Buffers;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A list on its way: what comes before the objects, each object, what comes after. It is never put together in memory.</summary>
internal abstract class ListBody(IReadOnlyCollection<CachedObject> items)
{
    /// <summary>How much is written between two flushes.</summary>
    private const long FlushSize = 64 * 1024;

    protected IReadOnlyCollection<CachedObject> Items => items;

    public async ValueTask WriteAsync(DeferredOutput output, CancellationToken cancelled)
    {
        Begin(output);
        var flushed = output.Written;
        var index = 0;
        foreach (var item in items)
        {
            Write(output, item, index++);
            if (output.Written - flushed >= FlushSize)
            {
                flushed = output.Written;
                await output.FlushAsync(cancelled);
            }
        }
        End(output);
        await output.CompleteAsync(cancelled);
    }

    protected abstract void Begin(IBufferWriter<byte> output);

    protected abstract void Write(IBufferWriter<byte> output, CachedObject item, int index);

    protected abstract void End(IBufferWriter<byte> output);
}
