using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>The leases on disk. Only their length is stored: renewing one writes nothing.</summary>
internal sealed class LeaseTable
{
    private readonly SqliteStatement _all;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _keys;
    private readonly Dictionary<long, TimeSpan> _leases = [];

    public LeaseTable(SqliteConnection connection)
    {
        _all = connection.Prepare("SELECT id, ttl_ms FROM leases");
        _insert = connection.Prepare("INSERT INTO leases (id, ttl_ms) VALUES (?1, ?2)");
        _delete = connection.Prepare("DELETE FROM leases WHERE id = ?1");
        _keys = connection.Prepare("SELECT DISTINCT key FROM kv WHERE lease = ?1 AND lease <> 0 ORDER BY key");
        Reload();
    }

    public IReadOnlyDictionary<long, TimeSpan> All => _leases;

    public void Add(long lease, TimeSpan timeToLive)
    {
        _insert.Bind(1, lease).Bind(2, (long)timeToLive.TotalMilliseconds).Run();
        _leases.Add(lease, timeToLive);
    }

    public bool Remove(long lease)
    {
        _delete.Bind(1, lease).Run();
        return _leases.Remove(lease);
    }

    /// <summary>Every key that was put with the lease in the history kept.</summary>
    public List<string> Keys(long lease)
    {
        _keys.Bind(1, lease);
        var keys = new List<string>();
        while (_keys.Step())
        {
            keys.Add(_keys.Text(0));
        }

        _keys.Reset();
        return keys;
    }

    public void ThrowIfMissing(IReadOnlyList<Mutation> mutations)
    {
        foreach (var mutation in mutations)
        {
            if (mutation is Put { Lease: not 0 } put && !_leases.ContainsKey(put.Lease))
            {
                throw new StoreException($"the lease {put.Lease} for {put.Key} does not exist or has expired; grant a new one");
            }
        }
    }

    public void Reload()
    {
        _leases.Clear();
        while (_all.Step())
        {
            _leases[_all.Int64(0)] = TimeSpan.FromMilliseconds(_all.Int64(1));
        }

        _all.Reset();
    }
}
