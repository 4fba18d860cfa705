using System.Buffers;
using System.IO.Pipelines;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>The bytes of a list: a head, each object's cached bytes, a tail. They go to the wire without being put together in memory.</summary>
internal abstract class ListBody(IReadOnlyList<CachedObject> items, byte[] head, byte[] tail)
{
    /// <summary>How much is written between two flushes.</summary>
    public const int FlushSize = 64 * 1024;

    /// <summary>The number of bytes of the whole list.</summary>
    public long Length
    {
        get
        {
            var length = (long)head.Length + tail.Length;
            for (var i = 0; i < items.Count; i++)
            {
                length += LengthOf(items[i], i);
            }
            return length;
        }
    }

    public async ValueTask WriteAsync(PipeWriter writer, CancellationToken cancelled)
    {
        writer.Write(head);
        var unflushed = 0;
        for (var i = 0; i < items.Count; i++)
        {
            Write(writer, items[i], i);
            unflushed += LengthOf(items[i], i);
            if (unflushed >= FlushSize)
            {
                unflushed = 0;
                await writer.FlushAsync(cancelled);
            }
        }
        writer.Write(tail);
        await writer.FlushAsync(cancelled);
    }

    /// <summary>The length of one item with what separates it from the one before.</summary>
    protected abstract int LengthOf(CachedObject item, int index);

    protected abstract void Write(IBufferWriter<byte> writer, CachedObject item, int index);
}
