namespace Sampan.Store.Embedded.Sqlite;

/// <summary>SQLite refused; <see cref="Code"/> is its extended result code.</summary>
internal sealed class SqliteException(int code, string message) : Exception($"{message} (SQLite code {code})")
{
    public const int Busy = 5;
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;

    public int Code { get; } = code;

    /// <summary>The code without its extension.</summary>
    public int Primary => Code & 0xff;
}
