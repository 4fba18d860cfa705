using System.Runtime.InteropServices;

namespace Sampan.Store.Embedded.Sqlite;

/// <summary>One connection, used by one thread at a time.</summary>
internal sealed unsafe class SqliteConnection : IDisposable
{
    private const int ReadOnly = 0x1;
    private const int ReadWrite = 0x2;
    private const int Create = 0x4;
    private const int NoMutex = 0x8000;
    private const int BusyMilliseconds = 5000;

    private readonly List<SqliteStatement> _statements = [];
    private nint _handle;

    private SqliteConnection(nint handle) => _handle = handle;

    /// <summary>Some failures roll back by themselves.</summary>
    public bool InTransaction => NativeMethods.AutoCommit(_handle) == 0;

    public static SqliteConnection OpenWriter(string path) => Open(path, ReadWrite | Create | NoMutex);

    /// <summary>Opens for reading. The WAL's index is shared memory, so this needs a writable directory all the same.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, ReadOnly | NoMutex);

    public SqliteStatement Prepare(string sql)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(sql);
        fixed (byte* pointer = bytes)
        {
            Check(NativeMethods.Prepare(_handle, pointer, bytes.Length, out var statement, 0));
            var prepared = new SqliteStatement(this, statement);
            _statements.Add(prepared);
            return prepared;
        }
    }

    /// <summary>Runs one statement and drops its rows.</summary>
    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
    public long ReadInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>The first column of all rows.</summary>
    public List<string> ReadStrings(string sql)
    {
        using var statement = Prepare(sql);
        var rows = new List<string>();
        while (statement.Step())
        {
            rows.Add(statement.Text(0));
        }

        return rows;
    }

    public void Check(int result)
    {
        if (result != 0)
        {
            throw Error();
        }
    }

    public SqliteException Error() =>
        new(NativeMethods.ErrorCode(_handle), Marshal.PtrToStringUTF8((nint)NativeMethods.ErrorMessage(_handle)) ?? "unknown error");

    public void Forget(SqliteStatement statement) => _statements.Remove(statement);

    public void Dispose()
    {
        foreach (var statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            _ = NativeMethods.Close(handle);
        }
    }

    private static SqliteConnection Open(string path, int flags)
    {
        nint handle;
        int result;
        try
        {
            result = NativeMethods.Open(path, out handle, flags, 0);
        }
        catch (DllNotFoundException e)
        {
            throw new StoreException("the SQLite library libsqlite3.so.0 is missing; install the package libsqlite3-0 (Debian, Ubuntu), sqlite-libs (Fedora, RHEL, Alpine) or sqlite (Arch)", e);
        }

        var connection = new SqliteConnection(handle);
        if (result != 0)
        {
            var error = connection.Error();
            connection.Dispose();
            throw error;
        }

        _ = NativeMethods.BusyTimeout(handle, BusyMilliseconds);
        return connection;
    }
}
