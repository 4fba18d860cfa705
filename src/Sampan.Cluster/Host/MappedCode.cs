using System.Globalization;
using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>
/// The files that this process has mapped: its own code, the runtime's and the libraries'. What the start needed once is not needed
/// again, but counts as this process's memory until somebody takes it away. What is needed after all comes back from the page cache.
/// </summary>
internal static partial class MappedCode
{
    private const int DontNeed = 4;
    private const string ResidentField = "RssFile:";

    /// <summary>The kilobytes of mapped files that count as this process's memory; 0 where that cannot be read.</summary>
    public static long ResidentKilobytes()
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
    public static void Release()
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

    /// <summary>A line such as <c>7f00-7f20 r-xp 00000000 08:01 4711   /usr/lib/libc.so.6</c>; null for what has no file, or one that is gone.</summary>
    private static (nuint Start, nuint Length)? Mapping(string line)
    {
        var parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var range, var rights, _, _, not "0", ['/', ..] path] || rights.Contains('w', StringComparison.Ordinal) || path.EndsWith(" (deleted)", StringComparison.Ordinal))
        {
            return null;
        }

        var ends = range.Split('-');
        var start = nuint.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (start, nuint.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) - start);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
