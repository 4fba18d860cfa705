namespace Sampan.Store.Tests;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingObserver : IStoreObserver
{
    private readonly List<StoreBatch> _batches = [];

    public StoreException? Lost { get; private set; }

    public List<StoreBatch> Batches
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches];
            }
        }
    }

    public void OnBatch(StoreBatch batch)
    {
        lock (_batches)
        {
            _batches.Add(batch);
        }
    }

    public void OnLost(StoreException reason) => Lost = reason;
}
