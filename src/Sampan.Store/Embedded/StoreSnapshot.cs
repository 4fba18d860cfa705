using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>Copies of a store: written while it runs, put back while it does not.</summary>
public static class StoreSnapshot
{
    private const string Partial = ".partial";

    /// <summary>
    /// Makes a store at <paramref name="path"/> from a snapshot. What clients have seen since the snapshot must not look newer than the restored
    /// state, so the revision jumps ahead by <paramref name="skipRevisions"/>, and watches from before end with "compacted".
    /// </summary>
    public static Task RestoreAsync(string snapshot, string path, long skipRevisions = 1_000_000_000) =>
        DedicatedThread.RunAsync("store restore", () => Restore(Path.GetFullPath(snapshot), Path.GetFullPath(path), skipRevisions));

    internal static bool Write(StoreFile file, string path)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
        {
            throw new StoreException($"{path} exists already; name another file for the snapshot");
        }

        var partial = path + Partial;
        try
        {
            File.Delete(partial);
            using (var connection = file.OpenReader())
            {
                connection.Execute($"VACUUM INTO '{partial.Replace("'", "''", StringComparison.Ordinal)}'");
            }

            File.SetUnixFileMode(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Sync(partial);
            File.Move(partial, path);
            return true;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"cannot write the snapshot {path}: {e.Message}", e);
        }
    }

    private static bool Restore(string snapshot, string path, long skipRevisions)
    {
        if (!File.Exists(snapshot))
        {
            throw new StoreException($"there is no snapshot {snapshot}");
        }

        using var exclusive = StoreFile.Lock(path);
        // A log left behind by another store would be replayed into this one.
        if (new[] { path, path + "-wal", path + "-shm" }.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new StoreException($"{existing} exists already; move {path}, {path}-wal and {path}-shm away to restore a snapshot there");
        }

        var partial = path + Partial;
        File.Copy(snapshot, partial, overwrite: true);
        File.SetUnixFileMode(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            Prepare(partial, skipRevisions);
        }
        catch (Exception e) when (e is SqliteException or StoreException)
        {
            File.Delete(partial);
            throw new StoreException($"{snapshot} cannot be restored: {e.Message}", e);
        }

        Sync(partial);
        File.Move(partial, path);
        return true;
    }

    private static void Prepare(string path, long skipRevisions)
    {
        using var connection = SqliteConnection.OpenWriter(path);
        var found = connection.ReadStrings("PRAGMA integrity_check(3)");
        if (found is not ["ok"])
        {
            throw new StoreException(string.Join("; ", found));
        }

        connection.Execute("PRAGMA journal_mode = DELETE");
        Schema.Ensure(connection, path);
        var revision = new Statements(connection).Revision;
        connection.Execute($"UPDATE meta SET value = {revision + skipRevisions} WHERE name = 'compacted'");
        connection.Execute("PRAGMA journal_mode = WAL");
    }

    private static void Sync(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }
}
