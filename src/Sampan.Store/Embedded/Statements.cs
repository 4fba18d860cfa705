using System.Text;
using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>The reads that the writer and the readers share, prepared once per connection.</summary>
internal sealed class Statements(SqliteConnection connection)
{
    private const string Columns = "k.id, k.key, k.created, k.version, k.lease, k.value";

    // The newest version of each key: max(id) also picks the row that `version` comes from. Groups come in index order, that is by key.
    private const string Newest = """
        SELECT key, max(id) AS id, version FROM kv INDEXED BY kv_key WHERE key >= ?1 AND key < ?2 AND id < ?3 GROUP BY key HAVING version > 0
        """;

    private readonly SqliteStatement _latest = connection.Prepare(
        "SELECT id, key, created, version, lease, value FROM kv WHERE key = ?1 ORDER BY id DESC LIMIT 1");

    private readonly SqliteStatement _range = connection.Prepare($"SELECT {Columns} FROM ({Newest} LIMIT ?4) m CROSS JOIN kv k ON k.id = m.id");
    private readonly SqliteStatement _count = connection.Prepare($"SELECT count(*) FROM ({Newest})");
    private readonly SqliteStatement _maxId = connection.Prepare("SELECT coalesce(max(id), 0) FROM kv");
    private readonly SqliteStatement _meta = connection.Prepare("SELECT value FROM meta WHERE name = ?1");

    private readonly SqliteStatement _history = connection.Prepare($"""
        SELECT {Columns}, p.id, p.key, p.created, p.version, p.lease, p.value
        FROM kv k LEFT JOIN kv p ON p.id = k.previous AND p.version > 0 WHERE k.id >= ?1 AND k.id < ?2 ORDER BY k.id
        """);

    public long Compacted => Meta("compacted");

    /// <summary>A new store is at 1. Compaction may have taken the newest row (a deletion), but then it went up to its revision.</summary>
    public long Revision => Math.Max(1, Math.Max(Schema.RevisionOf(One(_maxId)), Compacted));

    public long Meta(string name) => One(_meta.Bind(1, name));

    public Row Latest(string key)
    {
        _latest.Bind(1, key);
        try
        {
            return _latest.Step() ? new Row(_latest.Int64(0), Read(_latest, 0, key)) : Row.None;
        }
        finally
        {
            _latest.Reset();
        }
    }

    public List<KeyValue> Range(string prefix, string? startAfter, long revision, int limit)
    {
        BindRange(_range, prefix, startAfter, revision).Bind(4, limit == 0 ? -1 : limit);
        var items = new List<KeyValue>();
        try
        {
            while (_range.Step())
            {
                items.Add(Read(_range, 0, null)!);
            }

            return items;
        }
        finally
        {
            _range.Reset();
        }
    }

    public long Count(string prefix, string? startAfter, long revision) => One(BindRange(_count, prefix, startAfter, revision));

    /// <summary>The batches of revisions in [from, to), each whole.</summary>
    public List<StoreBatch> History(long from, long to)
    {
        _history.Bind(1, Schema.FirstId(from)).Bind(2, Schema.FirstId(to));
        var batches = new List<StoreBatch>();
        var events = new List<StoreEvent>();
        try
        {
            while (_history.Step())
            {
                var revision = Schema.RevisionOf(_history.Int64(0));
                if (batches.Count == 0 || batches[^1].Revision != revision)
                {
                    batches.Add(new StoreBatch(revision, events = []));
                }

                var current = Read(_history, 0, null);
                events.Add(new StoreEvent(_history.Text(1), current, Read(_history, 6, null)));
            }

            return batches;
        }
        finally
        {
            _history.Reset();
        }
    }

    private static KeyValue? Read(SqliteStatement row, int first, string? key)
    {
        var version = row.Int64(first + 3);
        return version == 0
            ? null
            : new KeyValue(key ?? row.Text(first + 1), row.Blob(first + 5), row.Int64(first + 2), Schema.RevisionOf(row.Int64(first)), version, row.Int64(first + 4));
    }

    private static SqliteStatement BindRange(SqliteStatement statement, string prefix, string? startAfter, long revision)
    {
        var from = Encoding.UTF8.GetBytes(startAfter is not null && string.CompareOrdinal(startAfter, prefix) >= 0 ? startAfter + '\0' : prefix);
        return statement.Bind(1, from).Bind(2, After(prefix)).Bind(3, Schema.FirstId(revision + 1));
    }

    /// <summary>The smallest byte string above all that start with the prefix.</summary>
    private static byte[] After(string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(prefix);
        if (bytes.Length == 0)
        {
            return [0xff];
        }

        bytes[^1]++;
        return bytes;
    }

    private static long One(SqliteStatement statement)
    {
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }
}
