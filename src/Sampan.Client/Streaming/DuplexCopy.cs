using System.Buffers;

namespace Sampan.Client.Streaming;

/// <summary>Copies bytes both ways between two connections until one of them ends.</summary>
public static class DuplexCopy
{
    private const int BufferSize = 32 * 1024;

    /// <summary>
    /// Ends when either side has ended; the caller closes both. Switched protocols carry their own half-close, so a
    /// connection of which one direction has ended is of no use any more.
    /// </summary>
    public static async Task RunAsync(Stream left, Stream right, CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var forth = PumpAsync(left, right, both.Token);
        var back = PumpAsync(right, left, both.Token);
        await Task.WhenAny(forth, back);
        await both.CancelAsync();
        await Task.WhenAll(forth, back).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task PumpAsync(Stream from, Stream to, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await from.ReadAsync(buffer, ct) is var read and > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
                await to.FlushAsync(ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
