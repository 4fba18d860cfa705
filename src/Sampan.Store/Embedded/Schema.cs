using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>
/// The tables. Every version of a key is a row of kv; its id is <c>revision * 1024 + place in the transaction</c>, so ids
/// order rows by age. <c>previous</c> is the id of the version it replaced, 0 for none. A deletion is a row with version 0.
/// <code>
/// put a=1        id 2048  key a  previous 0     version 1  value 1
/// put a=2, b=1   id 3072  key a  previous 2048  version 2  value 2
///                id 3073  key b  previous 0     version 1  value 1
/// delete a       id 4096  key a  previous 3072  version 0  value NULL
/// </code>
/// Compaction to revision 4 walks the rows up to id 5119 once, deletes each one's previous, and the deletion rows themselves.
/// For people, the view <c>objects</c> shows what is there now.
/// </summary>
internal static class Schema
{
    public const int RevisionShift = 10;
    private const int ApplicationId = 0x53616d70;
    private const int Version = 1;

    /// <summary>The smallest id of a revision.</summary>
    public static long FirstId(long revision) => revision << RevisionShift;

    public static long RevisionOf(long id) => id >> RevisionShift;

    public static void Configure(SqliteConnection connection, EmbeddedStoreOptions options)
    {
        connection.Execute(options.Durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
        connection.Execute("PRAGMA secure_delete = OFF");
        connection.Execute("PRAGMA temp_store = MEMORY");
        connection.Execute("PRAGMA cache_size = -8000");
        connection.Execute("PRAGMA journal_size_limit = 16777216");
        if (options.MaxBytes > 0)
        {
            connection.Execute($"PRAGMA max_page_count = {Math.Max(1, options.MaxBytes / connection.ReadInt64("PRAGMA page_size"))}");
        }
    }

    /// <summary>Makes the tables in an empty file; refuses a file of something else or of a later version.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (connection.ReadInt64("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Create(connection);
            return;
        }

        if (connection.ReadInt64("PRAGMA application_id") != ApplicationId)
        {
            throw new StoreException($"{path} is an SQLite database but not a Sampan store; name another file");
        }

        var version = connection.ReadInt64("PRAGMA user_version");
        if (version != Version)
        {
            throw new StoreException($"{path} has schema version {version}, this program knows {Version}; run the version of Sampan that wrote it");
        }
    }

    private static void Create(SqliteConnection connection)
    {
        connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("""
            CREATE TABLE kv (
              id INTEGER PRIMARY KEY, key TEXT NOT NULL, previous INTEGER NOT NULL,
              created INTEGER NOT NULL, version INTEGER NOT NULL, lease INTEGER NOT NULL, value BLOB)
            """);
        connection.Execute("CREATE UNIQUE INDEX kv_key ON kv (key, id, version)");
        connection.Execute("CREATE INDEX kv_lease ON kv (lease) WHERE lease <> 0");
        connection.Execute("CREATE TABLE leases (id INTEGER PRIMARY KEY, ttl_ms INTEGER NOT NULL)");
        connection.Execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");
        connection.Execute("INSERT INTO meta VALUES ('compacted', 0), ('swept', 0)");
        connection.Execute($"""
            CREATE VIEW objects AS
              SELECT m.key, k.id >> {RevisionShift} AS revision, k.created AS create_revision, k.version, k.lease, CAST(k.value AS TEXT) AS value
              FROM (SELECT key, max(id) AS id, version FROM kv GROUP BY key) m JOIN kv k ON k.id = m.id WHERE k.version > 0
            """);
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute($"PRAGMA user_version = {Version}");
        connection.Execute("COMMIT");
    }
}
