using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>The file on disk: locked against a second process, checked, with the schema in place.</summary>
internal sealed class StoreFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;
    private readonly EmbeddedStoreOptions _options;

    private StoreFile(string path, FileStream @lock, EmbeddedStoreOptions options) => (Path, _lock, _options) = (path, @lock, options);

    public string Path { get; }

    /// <summary>The database and its log of writes.</summary>
    public long SizeInBytes => new[] { Path, Path + "-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);

    /// <summary>Takes the lock, makes or checks the file, and gives it with the writer's connection.</summary>
    public static (StoreFile File, SqliteConnection Writer) Open(EmbeddedStoreOptions options)
    {
        var path = System.IO.Path.GetFullPath(options.Path);
        var file = new StoreFile(path, Lock(path), options);
        try
        {
            return (file, file.OpenWriter());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes the lock of a store's path, making its directory first. Released when the stream closes or the process ends.</summary>
    public static FileStream Lock(string path)
    {
        var directory = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"cannot make the directory {directory}: {e.Message}", e);
        }

        try
        {
            return new FileStream(path + ".lock", Options(FileShare.None));
        }
        catch (IOException e)
        {
            throw new StoreException($"the store {path} is in use by another process; stop that one first (`fuser {path}.lock` shows it): {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"no permission for the store {path}: run as its owner", e);
        }
    }

    public SqliteConnection OpenReader() => Translate(() => SqliteConnection.OpenReader(Path));

    public void Dispose() => _lock.Dispose();

    /// <summary>What a person should know about a failure of SQLite.</summary>
    public StoreException Explain(SqliteException e) => new(e.Primary switch
    {
        SqliteException.Full when _options.MaxBytes > 0 =>
            $"no space left for the store {Path}, which may have {_options.MaxBytes} bytes; delete objects, free some space on its disk or raise the limit: {e.Message}",
        SqliteException.Full => $"no space left for the store {Path}; free some space on its disk, writing goes on by itself: {e.Message}",
        SqliteException.Busy => $"another program has locked the store {Path}; end that program (an open `sqlite3` transaction?): {e.Message}",
        SqliteException.CannotOpen => $"cannot open the store {Path}; check the file's and its directory's owner and permissions: {e.Message}",
        SqliteException.Corrupt or SqliteException.NotADatabase => Damaged(e.Message),
        _ => $"the store {Path} failed; check its disk, then restart: {e.Message}",
    }, e);

    private static FileStreamOptions Options(FileShare share) => new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        UnixCreateMode = OwnerOnly,
    };

    private string Damaged(string why) =>
        $"the store {Path} is damaged: {why}. Stop every process that uses it, move {Path}, {Path}-wal and {Path}-shm away and restore a snapshot "
        + $"to {Path}; without one, `sqlite3 {Path} .recover` saves what is readable";

    private SqliteConnection OpenWriter() => Translate(() =>
    {
        using (new FileStream(Path, Options(FileShare.ReadWrite)))
        {
            // Made here, so that it never exists with wider permissions.
        }

        WalCheck.ThrowIfDamaged(Path, Damaged);
        var connection = SqliteConnection.OpenWriter(Path);
        try
        {
            Schema.Configure(connection, _options);
            Check(connection);
            Schema.Ensure(connection, Path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    private void Check(SqliteConnection connection)
    {
        var found = connection.ReadStrings("PRAGMA quick_check(3)");
        if (found is not ["ok"])
        {
            throw new StoreException(Damaged(string.Join("; ", found)));
        }
    }

    private T Translate<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }
}
