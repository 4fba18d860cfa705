using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sampan.Cluster.Host;

/// <summary>
/// The program and the libraries that this process has mapped. What the start needed once is not needed again, but counts as this
/// process's memory until somebody takes it away. What is needed after all comes back from the page cache.
/// </summary>
public static partial class MappedCode
{
    private const int RandomAccess = 1;
    private const int DontNeed = 4;
    private const string ResidentField = "RssFile:";

    /// <summary>
    /// Lets the kernel bring in the program's own file page by page. It would otherwise map the fifteen around every page that is
    /// touched, and since what a node uses of the program lies scattered over it, that is nearly the whole program. It never looks
    /// beyond a mapping, so each second page becomes a mapping of its own.
    /// </summary>
    public static void MapByPage()
    {
        var page = (nuint)Environment.SystemPageSize;
        foreach (var segment in LoadedSegment.OfProgram())
        {
            for (var at = page; at + page < segment.Length; at += 2 * page) _ = Advise(segment.Start + at, page, RandomAccess);
        }
    }

    /// <summary>The kilobytes of mapped files that count as this process's memory; 0 where that cannot be read.</summary>
    internal static long ResidentKilobytes()
    {
        try
        {
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(ResidentField, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(ResidentField.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Gives back all pages that nobody can write to or has written to.</summary>
    internal static void Release()
    {
        try
        {
            using var pages = File.OpenHandle("/proc/self/pagemap");
            foreach (var segment in LoadedSegment.All().Where(segment => !segment.IsWritable))
            {
                foreach (var (start, length) in Unchanged(pages, segment)) _ = Advise(start, length, DontNeed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nobody can tell what was written, all stays.
        }
    }

    /// <summary>
    /// The parts of a segment that are in memory as they are in the file. The kernel would drop what was written to the others: relocated
    /// code, a debugger's breakpoint. Read from <c>/proc/PID/pagemap</c>, which has 64 bits for each page.
    /// </summary>
    internal static IEnumerable<(nuint Start, nuint Length)> Unchanged(SafeFileHandle pages, LoadedSegment segment)
    {
        const ulong InMemory = 1UL << 63, OfFile = 1UL << 61;
        var page = (nuint)Environment.SystemPageSize;
        var entries = new ulong[(int)(segment.Length / page)];
        _ = System.IO.RandomAccess.Read(pages, MemoryMarshal.AsBytes(entries.AsSpan()), (long)(segment.Start / page * sizeof(ulong)));
        for (var (from, to) = (0, 0); from < entries.Length; from = to + 1)
        {
            for (to = from; to < entries.Length && (entries[to] & (InMemory | OfFile)) == (InMemory | OfFile);) to++;
            if (to > from) yield return (segment.Start + ((nuint)from * page), (nuint)(to - from) * page);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
