using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>
/// Forgets history in small steps, each part of a group commit. <see cref="Compacted"/> says from where on reads are allowed,
/// <see cref="_swept"/> up to which row id the space has been given back.
/// </summary>
internal sealed class Compaction
{
    private const int RowsPerStep = 500;
    private const int PagesPerStep = 250;
    private const int SparePages = 250;

    private readonly Statements _read;
    private readonly SqliteStatement _setMeta;
    private readonly SqliteStatement _rows;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _freePages;
    private readonly SqliteStatement _pages;
    private readonly SqliteStatement _vacuum;
    private long _compacted;
    private long _swept;

    public Compaction(SqliteConnection connection, Statements read)
    {
        _read = read;
        _setMeta = connection.Prepare("UPDATE meta SET value = ?2 WHERE name = ?1");
        _rows = connection.Prepare("SELECT id, previous, version FROM kv WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3");
        _delete = connection.Prepare("DELETE FROM kv WHERE id = ?1");
        _freePages = connection.Prepare("PRAGMA freelist_count");
        _pages = connection.Prepare("PRAGMA page_count");
        _vacuum = connection.Prepare($"PRAGMA incremental_vacuum({PagesPerStep})");
        Reload();
    }

    public long Compacted => Volatile.Read(ref _compacted);

    /// <summary>Refuses reads below the revision from now on.</summary>
    public void MoveTo(long revision)
    {
        _setMeta.Bind(1, "compacted").Bind(2, revision).Run();
        Volatile.Write(ref _compacted, revision);
    }

    /// <summary>Gives back the space of some forgotten rows; true when there is more to do.</summary>
    public bool Step() => Sweep() || Shrink();

    public void Reload()
    {
        Volatile.Write(ref _compacted, _read.Compacted);
        _swept = _read.Meta("swept");
    }

    private bool Sweep()
    {
        var rows = NextRows();
        foreach (var (id, previous, version) in rows)
        {
            _delete.Bind(1, previous).Run();
            if (version == 0)
            {
                _delete.Bind(1, id).Run();
            }
        }

        if (rows.Count > 0)
        {
            _swept = rows[^1].Id;
            _setMeta.Bind(1, "swept").Bind(2, _swept).Run();
        }

        return rows.Count == RowsPerStep;
    }

    private List<(long Id, long Previous, long Version)> NextRows()
    {
        var rows = new List<(long, long, long)>();
        _rows.Bind(1, _swept).Bind(2, Schema.FirstId(_compacted + 1)).Bind(3, RowsPerStep);
        while (_rows.Step())
        {
            rows.Add((_rows.Int64(0), _rows.Int64(1), _rows.Int64(2)));
        }

        _rows.Reset();
        return rows;
    }

    /// <summary>Keeps a quarter of the file as spare room, so that a steady load reuses pages instead of moving them.</summary>
    private bool Shrink()
    {
        var spare = Math.Max(SparePages, One(_pages) / 4);
        if (One(_freePages) <= spare + PagesPerStep)
        {
            return false;
        }

        _vacuum.Run();
        return true;
    }

    private static long One(SqliteStatement statement)
    {
        statement.Step();
        var value = statement.Int64(0);
        statement.Reset();
        return value;
    }
}
