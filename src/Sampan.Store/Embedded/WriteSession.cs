using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>The writer's connection and the group commit that is under way. Used on the writer's thread only.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statements _read;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insert;
    private readonly List<(string Key, Row Row)> _rows = [];
    private List<StoreBatch> _batches = [];
    private long _durableRevision;

    public WriteSession(SqliteConnection connection)
    {
        _connection = connection;
        _read = new Statements(connection);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _rollback = connection.Prepare("ROLLBACK");
        _insert = connection.Prepare("INSERT INTO kv (id, key, previous, created, version, lease, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        Revision = _durableRevision = _read.Revision;
        Compaction = new Compaction(connection, _read);
        Leases = new LeaseTable(connection);
    }

    /// <summary>The newest revision, counting the group under way.</summary>
    public long Revision { get; private set; }

    public Compaction Compaction { get; }

    public LeaseTable Leases { get; }

    public void Begin() => _begin.Run();

    /// <summary>Puts the group on disk and gives its batches.</summary>
    public List<StoreBatch> End()
    {
        _commit.Run();
        _durableRevision = Revision;
        var batches = _batches;
        _batches = [];
        return batches;
    }

    /// <summary>Undoes the group; false when not even that works.</summary>
    public bool TryRollback()
    {
        try
        {
            if (_connection.InTransaction)
            {
                _rollback.Run();
            }

            _batches.Clear();
            Revision = _durableRevision;
            Compaction.Reload();
            Leases.Reload();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Compares, then mutates or not.</summary>
    public TxnResult Commit(Transaction transaction)
    {
        _rows.Clear();
        foreach (var compare in transaction.Compares)
        {
            if (!Holds(compare, Latest(compare.Key).Value))
            {
                return new TxnResult(false, Revision, [.. transaction.Compares.Select(c => Latest(c.Key).Value)]);
            }
        }

        Leases.ThrowIfMissing(transaction.Mutations);
        return new TxnResult(true, Mutate(transaction.Mutations), []);
    }

    /// <summary>Deletes the keys that a lease holds, and the lease.</summary>
    public bool Revoke(long lease)
    {
        _rows.Clear();
        var keys = Leases.Keys(lease).Where(k => Latest(k).Value?.Lease == lease).ToList();
        foreach (var some in keys.Chunk(Transaction.MaxMutations))
        {
            Mutate([.. some.Select(k => new Delete(k))]);
        }

        return Leases.Remove(lease);
    }

    public void Dispose() => _connection.Dispose();

    private static bool Holds(Compare compare, KeyValue? current) =>
        compare.Revision == (compare.Target == CompareTarget.ModRevision ? current?.ModRevision : current?.CreateRevision).GetValueOrDefault();

    private long Mutate(IReadOnlyList<Mutation> mutations)
    {
        var revision = Revision + 1;
        var events = new List<StoreEvent>(mutations.Count);
        foreach (var mutation in mutations)
        {
            if (Insert(mutation, revision, events.Count) is { } change)
            {
                events.Add(change);
            }
        }

        if (events.Count > 0)
        {
            Revision = revision;
            _batches.Add(new StoreBatch(revision, events));
        }

        return Revision;
    }

    private StoreEvent? Insert(Mutation mutation, long revision, int place)
    {
        var row = Latest(mutation.Key);
        if (mutation is not Put put)
        {
            return row.Value is null ? null : InsertRow(mutation.Key, revision, place, row, null, null);
        }

        var current = new KeyValue(put.Key, put.Value, row.Value?.CreateRevision ?? revision, revision, (row.Value?.Version ?? 0) + 1, put.Lease);
        return InsertRow(put.Key, revision, place, row, current, put.Companion);
    }

    private StoreEvent InsertRow(string key, long revision, int place, Row row, KeyValue? current, object? companion)
    {
        _insert.Bind(1, Schema.FirstId(revision) + place).Bind(2, key).Bind(3, row.Id);
        _insert.Bind(4, current?.CreateRevision ?? 0).Bind(5, current?.Version ?? 0).Bind(6, current?.Lease ?? 0);
        if (current is null)
        {
            _insert.BindNull(7).Run();
        }
        else
        {
            _insert.RunWithBlob(7, current.Value);
        }

        return new StoreEvent(key, current, row.Value, companion);
    }

    /// <summary>Reads a key once per transaction.</summary>
    private Row Latest(string key)
    {
        foreach (var (known, row) in _rows)
        {
            if (known == key)
            {
                return row;
            }
        }

        var latest = _read.Latest(key);
        _rows.Add((key, latest));
        return latest;
    }
}
