using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>The memory of what is not managed: OpenSSL's and SQLite's above all. Only glibc can be asked for any of this.</summary>
public static partial class NativeHeap
{
    private const int ArenaMax = -8;

    private static readonly bool IsGlibc = NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _);

    /// <summary>One heap for all threads, instead of one for each, of which every one keeps what its busiest moment needed.</summary>
    public static void Share()
    {
        if (IsGlibc) _ = SetOption(ArenaMax, 1);
    }

    /// <summary>Gives back what is free.</summary>
    public static void Trim()
    {
        if (IsGlibc) _ = TrimTo(0);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimTo(nuint keep);
}
