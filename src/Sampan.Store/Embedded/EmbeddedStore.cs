using System.Runtime.CompilerServices;

namespace Sampan.Store.Embedded;

/// <summary>
/// The store in one SQLite file: one writer thread with group commit, readers on snapshots.
/// <code>
/// CommitAsync ─▶ queue ─▶ Writer ─▶ kv.db (WAL, synced) ─▶ EventLog ─▶ observers, watches ─▶ caller
/// GetAsync, RangeAsync, old history ─▶ Readers
/// </code>
/// </summary>
public sealed class EmbeddedStore : IStore
{
    private const int HistoryRevisions = 256;

    private readonly StoreFile _file;
    private readonly WriteSession _session;
    private readonly EventLog _log;
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly Leases _leases;
    private readonly Compactor _compactor;
    private int _sweeping;
    private int _disposed;

    private EmbeddedStore(EmbeddedStoreOptions options, StoreFile file, WriteSession session)
    {
        (_file, _session) = (file, session);
        _log = new EventLog(session.Revision, options.RecentRevisions);
        _readers = new Readers(file);
        _leases = new Leases(options.Time, Expire);
        foreach (var (lease, timeToLive) in session.Leases.All)
        {
            _leases.Start(lease, timeToLive);
        }

        _writer = new Writer(file, session, _log);
        if (session.Compaction.Compacted > 0)
        {
            // A crash may have left forgotten rows behind.
            StartSweep();
        }

        _compactor = new Compactor(options.Time, options.History, _log, r => CompactAsync(r, CancellationToken.None).AsTask());
    }

    public long Revision => _log.Revision;

    /// <summary>How many group commits there were.</summary>
    internal long Groups => _writer.Groups;

    /// <summary>What the store's files take on disk.</summary>
    public long SizeInBytes => _file.SizeInBytes;

    public long CompactedRevision => _session.Compaction.Compacted;

    /// <summary>Opens the store, making the file when there is none. Checks the file's integrity first.</summary>
    public static Task<EmbeddedStore> OpenAsync(EmbeddedStoreOptions options) => DedicatedThread.RunAsync("store opener", () =>
    {
        var (file, connection) = StoreFile.Open(options);
        try
        {
            return new EmbeddedStore(options, file, new WriteSession(connection));
        }
        catch
        {
            connection.Dispose();
            file.Dispose();
            throw;
        }
    });

    public ValueTask<long> CurrentRevisionAsync(CancellationToken cancellationToken) =>
        _writer.Failure is { } failure ? ValueTask.FromException<long>(failure) : new(Revision);

    public async ValueTask<KeyValue?> GetAsync(string key, CancellationToken cancellationToken) =>
        await _readers.RunAsync(read => read.Latest(key).Value, cancellationToken);

    public async ValueTask<RangeResult> RangeAsync(string prefix, RangeOptions options, CancellationToken cancellationToken) =>
        await _readers.RunAsync(read => Range(read, prefix, options), cancellationToken);

    public ValueTask<TxnResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Validate(transaction);
        return new ValueTask<TxnResult>(_writer.RunAsync(new TransactionJob(transaction)));
    }

    public async IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long fromRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromRevision == 0 ? Revision + 1 : fromRevision;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var published = _log.NextPublication();
            var (batches, end) = await ReadAsync(next, cancellationToken);
            foreach (var batch in batches)
            {
                if (Observation.Filter(batch, prefix) is { Events.Count: > 0 } matching)
                {
                    yield return matching;
                }
            }

            if (end == next)
            {
                await published.WaitAsync(cancellationToken);
            }

            next = end;
        }
    }

    public StoreSubscription Subscribe(string prefix, IStoreObserver observer) => _log.Subscribe(prefix, observer);

    public async ValueTask<long> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var lease = Random.Shared.NextInt64(1, long.MaxValue);
        await _writer.RunAsync(session =>
        {
            session.Leases.Add(lease, timeToLive);
            return true;
        });
        _leases.Start(lease, timeToLive);
        return lease;
    }

    public ValueTask<bool> KeepLeaseAliveAsync(long lease, CancellationToken cancellationToken) => new(_leases.Renew(lease));

    public async ValueTask<bool> RevokeLeaseAsync(long lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _leases.Stop(lease);
        return await _writer.RunAsync(session => session.Revoke(lease));
    }

    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var more = await _writer.RunAsync(session => Compact(session, revision));
        if (more)
        {
            StartSweep();
        }
    }

    public async ValueTask SnapshotAsync(string path, CancellationToken cancellationToken) =>
        await DedicatedThread.RunAsync("store snapshot", () => StoreSnapshot.Write(_file, path)).WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _compactor.Dispose();
        _leases.Dispose();
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
        _log.End(new StoreException("the store is closed"));
        _file.Dispose();
    }

    private static RangeResult Range(Statements read, string prefix, RangeOptions options)
    {
        var newest = read.Revision;
        var revision = options.Revision == 0 ? newest : options.Revision;
        if (revision > newest)
        {
            throw new FutureRevisionException(revision, newest);
        }

        if (read.Compacted is var compacted && revision < compacted)
        {
            throw new CompactedException(revision, compacted);
        }

        List<KeyValue> items = options.CountOnly ? [] : read.Range(prefix, options.StartAfter, revision, options.Limit);
        var whole = !options.CountOnly && (options.Limit == 0 || items.Count < options.Limit);
        return new RangeResult(items, revision, whole ? items.Count : read.Count(prefix, options.StartAfter, revision));
    }

    /// <summary>Compacts and gives back the first space; true when there is more of it.</summary>
    private static bool Compact(WriteSession session, long revision)
    {
        if (revision > session.Revision)
        {
            throw new FutureRevisionException(revision, session.Revision);
        }

        if (revision < session.Compaction.Compacted)
        {
            throw new CompactedException(revision, session.Compaction.Compacted);
        }

        if (revision > session.Compaction.Compacted)
        {
            session.Compaction.MoveTo(revision);
        }

        return session.Compaction.Step();
    }

    private static void Validate(Transaction transaction)
    {
        var mutations = transaction.Mutations;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mutations.Count, Transaction.MaxMutations);
        if (mutations.Count > 1 && mutations.DistinctBy(m => m.Key).Count() != mutations.Count)
        {
            throw new ArgumentException("a key appears twice in one transaction", nameof(transaction));
        }
    }

    /// <summary>Some batches from a revision on, and the revision to read next.</summary>
    private async ValueTask<(IReadOnlyList<StoreBatch> Batches, long Next)> ReadAsync(long from, CancellationToken cancellationToken)
    {
        if (_log.TryRead(from, out var recent))
        {
            return (recent, from + recent.Length);
        }

        return await _readers.RunAsync(
            read =>
            {
                if (read.Compacted is var compacted && from <= compacted)
                {
                    throw new CompactedException(from, compacted);
                }

                var to = Math.Min(from + HistoryRevisions, read.Revision + 1);
                return ((IReadOnlyList<StoreBatch>)read.History(from, to), to);
            },
            cancellationToken);
    }

    private void StartSweep()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 0)
        {
            _ = SweepAsync();
        }
    }

    /// <summary>Gives forgotten space back step by step, between the writes of others.</summary>
    private async Task SweepAsync()
    {
        try
        {
            while (await _writer.RunAsync(session => session.Compaction.Step()))
            {
            }
        }
        catch (StoreException)
        {
            // Closed, full or failed: the next compaction goes on from here.
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private void Expire(long lease) => _ = ExpireAsync(lease);

    private async Task ExpireAsync(long lease)
    {
        try
        {
            await _writer.RunAsync(session => session.Revoke(lease));
        }
        catch (StoreException) when (_disposed == 0)
        {
            _leases.Start(lease, TimeSpan.FromSeconds(10));
        }
        catch (StoreException)
        {
            // Closed: the lease is there at the next start.
        }
    }
}
