namespace Sampan.Store.Embedded;

/// <summary>An observer with the prefix it asked for.</summary>
internal sealed class Observation(string prefix, IStoreObserver observer)
{
    private volatile bool _stopped;

    public void Deliver(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            if (!_stopped)
            {
                observer.OnBatch(Filter(batch, prefix));
            }
        }
    }

    public void Lose(StoreException reason) => observer.OnLost(reason);

    public void Stop() => _stopped = true;

    /// <summary>The batch with only the events of a prefix; the batch itself when that is all of them.</summary>
    public static StoreBatch Filter(StoreBatch batch, string prefix)
    {
        foreach (var e in batch.Events)
        {
            if (!e.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return batch with { Events = [.. batch.Events.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal))] };
            }
        }

        return batch;
    }
}
