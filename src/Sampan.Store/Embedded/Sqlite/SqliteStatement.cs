using System.Text;

namespace Sampan.Store.Embedded.Sqlite;

/// <summary>A prepared statement. <see cref="Reset"/> after each use, so that it holds no snapshot.</summary>
internal sealed unsafe class SqliteStatement(SqliteConnection connection, nint handle) : IDisposable
{
    private const int Row = 100;
    private const int Done = 101;
    private const nint Transient = -1;
    private const nint Static = 0;
    private const int StackBytes = 512;

    private nint _handle = handle;

    public SqliteStatement Bind(int index, long value)
    {
        connection.Check(NativeMethods.BindInt64(_handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = size <= StackBytes ? stackalloc byte[StackBytes] : new byte[size];
        return Bind(index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
    }

    /// <summary>Binds text from its UTF-8 form, which is copied.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        byte none;
        fixed (byte* pointer = utf8)
        {
            connection.Check(NativeMethods.BindText(_handle, index, pointer is null ? &none : pointer, utf8.Length, Transient));
        }

        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        connection.Check(NativeMethods.BindNull(_handle, index));
        return this;
    }

    /// <summary>Runs the statement to its end with a blob that is pinned meanwhile instead of copied.</summary>
    public void RunWithBlob(int index, ReadOnlyMemory<byte> value)
    {
        using var pin = value.Pin();
        byte none;
        var pointer = value.IsEmpty ? &none : (byte*)pin.Pointer;
        connection.Check(NativeMethods.BindBlob(_handle, index, pointer, value.Length, Static));
        try
        {
            Run();
        }
        finally
        {
            _ = NativeMethods.BindNull(_handle, index);
        }
    }

    /// <summary>Runs the statement to its end and resets it.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step() => NativeMethods.Step(_handle) switch
    {
        Row => true,
        Done => false,
        _ => throw connection.Error(),
    };

    public void Reset() => _ = NativeMethods.Reset(_handle);

    public long Int64(int column) => NativeMethods.ColumnInt64(_handle, column);

    public string Text(int column)
    {
        var pointer = NativeMethods.ColumnText(_handle, column);
        return Encoding.UTF8.GetString(pointer, NativeMethods.ColumnBytes(_handle, column));
    }

    public byte[] Blob(int column)
    {
        var pointer = NativeMethods.ColumnBlob(_handle, column);
        return new ReadOnlySpan<byte>(pointer, NativeMethods.ColumnBytes(_handle, column)).ToArray();
    }

    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            _ = NativeMethods.Finalize(handle);
            connection.Forget(this);
        }
    }
}
