using System.Globalization;
using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>
/// The files that this process has mapped: its own code, the runtime's and the libraries'. What the start needed once is not needed
/// again, but counts as this process's memory until somebody takes it away. What is needed after all comes back from the page cache.
/// </summary>
public static partial class MappedCode
{
    private const int RandomAccess = 1;
    private const int DontNeed = 4;
    private const int Piece = 8 << 10;
    private const string ResidentField = "RssFile:";

    /// <summary>
    /// Lets the kernel bring in the program's own file by pieces of 8 KiB. It would otherwise map the 64 KiB around every page that is
    /// touched, and since what a node uses of the program lies scattered over it, that is nearly the whole program. It never looks
    /// beyond a mapping, so each second piece becomes a mapping of its own.
    /// </summary>
    public static void MapInPieces()
    {
        try
        {
            foreach (var (start, length) in Mappings(File.ReadLines("/proc/self/maps"), Environment.ProcessPath).ToList())
            {
                for (nuint at = Piece; at + Piece < length; at += 2 * Piece) _ = Advise(start + at, Piece, RandomAccess);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where the mappings cannot be read, they stay whole.
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

    /// <summary>Gives back the pages of all mapped files that nobody can have written to.</summary>
    internal static void Release()
    {
        try
        {
            foreach (var (start, length) in Unwritten(File.ReadLines("/proc/self/smaps")).ToList()) _ = Advise(start, length, DontNeed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where the mappings cannot be read, they stay.
        }
    }

    /// <summary>
    /// The mappings of files, as <c>/proc/PID/smaps</c> shows them, that are not writable and hold no page that differs from the file:
    /// the kernel would otherwise drop what was written.
    /// </summary>
    internal static IEnumerable<(nuint Start, nuint Length)> Unwritten(IEnumerable<string> smaps)
    {
        (nuint Start, nuint Length)? file = null;
        foreach (var line in smaps)
        {
            if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]))
            {
                file = Mapping(line);
            }
            else if (line.StartsWith("Anonymous:", StringComparison.Ordinal) && file is { } unwritten && line.AsSpan(10).Trim().SequenceEqual("0 kB"))
            {
                yield return unwritten;
            }
        }
    }

    /// <summary>The mappings of one file, as <c>/proc/PID/maps</c> shows them.</summary>
    internal static IEnumerable<(nuint Start, nuint Length)> Mappings(IEnumerable<string> maps, string? file)
    {
        foreach (var line in maps)
        {
            if (line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [var range, _, _, _, _, var path] && path == file) yield return Range(range);
        }
    }

    /// <summary>A line such as <c>7f00-7f20 r-xp 00000000 08:01 4711   /usr/lib/libc.so.6</c>; null for what has no file, or one that is gone.</summary>
    private static (nuint Start, nuint Length)? Mapping(string line)
    {
        var parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var range, var rights, _, _, not "0", ['/', ..] path] || rights.Contains('w', StringComparison.Ordinal) || path.EndsWith(" (deleted)", StringComparison.Ordinal))
        {
            return null;
        }

        return Range(range);
    }

    private static (nuint Start, nuint Length) Range(string range)
    {
        var ends = range.Split('-');
        var start = nuint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (start, nuint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) - start);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
