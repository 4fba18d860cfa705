namespace Sampan.Store;

/// <summary>
/// Is told of changes, one batch at a time, in order, on the store's own thread: it must be quick, never block and never throw.
/// </summary>
public interface IStoreObserver
{
    void OnBatch(StoreBatch batch);

    /// <summary>The last call: batches may have been missed. Read everything anew and subscribe again.</summary>
    void OnLost(StoreException reason);
}
