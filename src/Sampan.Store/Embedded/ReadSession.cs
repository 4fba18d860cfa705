using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>A read connection; each read sees one snapshot.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statements _statements;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;

    public ReadSession(SqliteConnection connection)
    {
        _connection = connection;
        connection.Execute("PRAGMA cache_size = -4000");
        connection.Execute("PRAGMA query_only = ON");
        _statements = new Statements(connection);
        _begin = connection.Prepare("BEGIN");
        _end = connection.Prepare("COMMIT");
    }

    public T Snapshot<T>(Func<Statements, T> read)
    {
        _begin.Run();
        try
        {
            return read(_statements);
        }
        finally
        {
            _end.Run();
        }
    }

    public void Dispose() => _connection.Dispose();
}
