using System.Globalization;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Store;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// The ports that Services may open on every node: one object in the store, changed by compare-and-swap, so that no two of any
/// number of API servers give out the same port.
/// </summary>
internal sealed class NodePorts(IStore store, int first, int last)
{
    private const string Key = "/registry/ranges/servicenodeports";

    /// <summary>Writes of one process go one after another; those of others are met by trying again.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    private volatile int _taken;

    public int First => first;

    public int Last => last;

    /// <summary>How many were taken when this process last looked.</summary>
    public int Taken => _taken;

    public bool Contains(int port) => port >= first && port <= last;

    public ValueTask<int?> TakeAnyAsync(bool dryRun, CancellationToken cancellationToken) =>
        ChangeAsync(map => map.Take(), dryRun, cancellationToken);

    public ValueTask<bool> TryTakeAsync(int port, bool dryRun, CancellationToken cancellationToken) =>
        ChangeAsync(map => map.TryTake(port), dryRun, cancellationToken);

    public async ValueTask ReleaseAsync(int port, CancellationToken cancellationToken) =>
        await ChangeAsync(map => map.Release(port), false, cancellationToken);

    /// <summary>What <paramref name="change"/> answers for the present ports; what it did to them is stored.</summary>
    public async ValueTask<T> ChangeAsync<T>(Func<PortBitmap, T> change, bool dryRun, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (; ; )
            {
                var stored = await store.GetAsync(Key, cancellationToken);
                var map = Read(stored);
                var before = map.ToBytes();
                var answer = change(map);
                if (dryRun)
                {
                    return answer;
                }
                _taken = map.Taken;
                if (map.ToBytes().AsSpan().SequenceEqual(before))
                {
                    return answer;
                }
                var bytes = Write(map);
                var transaction = stored is null ? Transaction.Create(Key, bytes) : Transaction.Update(Key, stored.ModRevision, bytes);
                if ((await store.CommitAsync(transaction, cancellationToken)).Succeeded)
                {
                    return answer;
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private PortBitmap Read(KeyValue? stored)
    {
        if (stored is null)
        {
            return new PortBitmap(first, last);
        }
        var range = JsonCodec.Decode<RangeAllocation>(stored.Value.Span);
        var ends = range.Range.Split('-');
        var was = new PortBitmap(Number(ends[0]), Number(ends[1]), range.Data);
        if (was.First == first && was.Last == last)
        {
            return was;
        }
        // The server's range has changed: what both have stays taken.
        var map = new PortBitmap(first, last);
        for (var port = Math.Max(first, was.First); port <= Math.Min(last, was.Last); port++)
        {
            if (was.IsTaken(port))
            {
                map.TryTake(port);
            }
        }
        return map;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static byte[] Write(PortBitmap map) =>
        JsonCodec.Encode(new RangeAllocation { Range = $"{map.First}-{map.Last}", Data = map.ToBytes() });
}
