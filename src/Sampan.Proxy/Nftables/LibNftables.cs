using System.Runtime.InteropServices;
using System.Text;

namespace Sampan.Proxy.Nftables;

/// <summary>
/// nftables through its library, in the network namespace of the thread that creates the object: a change costs under a
/// millisecond where a process costs tens. The library is not thread-safe, so callers take turns.
/// </summary>
internal sealed partial class LibNftables : INftables
{
    private const string Library = "libnftables.so.1";
    private readonly SemaphoreSlim _turn = new(1);
    private nint _context;

    private LibNftables(nint context) => _context = context;

    /// <summary>Opens the library; null where the host does not have it.</summary>
    public static LibNftables? TryOpen()
    {
        if (!NativeLibrary.TryLoad(Library, out _)) return null;
        nint context = NewContext(0);
        if (context == 0) return null;
        _ = BufferOutput(context);
        _ = BufferError(context);
        return new LibNftables(context);
    }

    public Task ApplyAsync(string commands, CancellationToken cancellationToken) => RunAsync(commands, cancellationToken);

    public Task<string> ListAsync(string command, CancellationToken cancellationToken) => RunAsync(command, cancellationToken);

    public void Dispose()
    {
        _turn.Wait();
        if (_context != 0) FreeContext(_context);
        _context = 0;
        _turn.Release();
    }

    private async Task<string> RunAsync(string commands, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_context == 0, this);
            return await Task.Run(() => Run(commands), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private string Run(string commands)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(commands) + 1];
        Encoding.UTF8.GetBytes(commands, bytes);
        int failed = RunCommands(_context, bytes);
        string output = Marshal.PtrToStringUTF8(OutputOf(_context)) ?? "";
        string error = Marshal.PtrToStringUTF8(ErrorOf(_context)) ?? "";
        DropCache();
        return failed == 0 ? output : throw new NftablesException($"nftables refused the change: {error.Trim()}");
    }

    /// <summary>
    /// The library keeps what it read of the tables, half a megabyte for each, though the change itself has made that old; it lets go
    /// after a command that was only a trial.
    /// </summary>
    private void DropCache()
    {
        SetDryRun(_context, true);
        _ = RunCommands(_context, "\0"u8);
        SetDryRun(_context, false);
    }

    [LibraryImport(Library, EntryPoint = "nft_ctx_new")]
    private static partial nint NewContext(uint flags);

    [LibraryImport(Library, EntryPoint = "nft_ctx_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_output")]
    private static partial int BufferOutput(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_error")]
    private static partial int BufferError(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_output_buffer")]
    private static partial nint OutputOf(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_error_buffer")]
    private static partial nint ErrorOf(nint context);

    [LibraryImport(Library, EntryPoint = "nft_run_cmd_from_buffer")]
    private static partial int RunCommands(nint context, ReadOnlySpan<byte> commands);

    [LibraryImport(Library, EntryPoint = "nft_ctx_set_dry_run")]
    private static partial void SetDryRun(nint context, [MarshalAs(UnmanagedType.I1)] bool isTrial);
}
