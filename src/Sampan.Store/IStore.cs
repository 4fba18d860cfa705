namespace Sampan.Store;

/// <summary>
/// A revisioned key-value store with etcd's semantics: one revision counter, compare-and-swap transactions, ranges at a
/// revision, watch from a revision, leases and compaction. An empty store is at revision 1.
/// Failures are a <see cref="StoreException"/> (<see cref="CompactedException"/>, <see cref="FutureRevisionException"/>).
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The newest revision this process knows of. Embedded: the newest revision there is.</summary>
    long Revision { get; }

    /// <summary>The oldest revision that can still be read; 0 when nothing was compacted.</summary>
    long CompactedRevision { get; }

    /// <summary>A revision at least as new as every write acknowledged before the call, by whatever process.</summary>
    ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken);

    /// <summary>The key's present value, or null when it is absent.</summary>
    ValueTask<KeyValue?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>The keys that start with <paramref name="prefix"/>, in the byte order of their UTF-8 form, from one snapshot.</summary>
    ValueTask<RangeResult> RangeAsync(string prefix, RangeOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Applies all mutations under one new revision if every compare holds, else none. A success is durable when it returns.
    /// Keys and values must not be changed by the caller afterwards: they are shared with readers, not copied.
    /// </summary>
    ValueTask<TxnResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken);

    /// <summary>
    /// Batches with a revision of at least <paramref name="fromRevision"/> (0: those after the call) that touch the prefix, oldest first.
    /// Ends with <see cref="CompactedException"/> when the revision, or a reader too slow, falls behind compaction.
    /// </summary>
    IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long fromRevision, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="observer"/> for every batch after the subscription's revision, whether or not one of its events has
    /// the prefix (then the batch has no events: it tells progress). The embedded store calls before it acknowledges the write.
    /// </summary>
    StoreSubscription Subscribe(string prefix, IStoreObserver observer);

    /// <summary>Makes a lease; keys put with it are deleted when it is not renewed for <paramref name="timeToLive"/>.</summary>
    ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Starts the lease's time anew. False when the lease has expired.</summary>
    ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken);

    /// <summary>Ends a lease and deletes its keys. False when there is no such lease.</summary>
    ValueTask<bool> RevokeLeaseAsync(long lease, CancellationToken cancellationToken);

    /// <summary>Forgets the history before <paramref name="revision"/>. Returns when reads below it are refused; the space follows.</summary>
    ValueTask CompactAsync(long revision, CancellationToken cancellationToken);

    /// <summary>Writes a consistent copy of the store to a file that must not exist, while reads and writes go on.</summary>
    ValueTask SnapshotAsync(string path, CancellationToken cancellationToken);
}
