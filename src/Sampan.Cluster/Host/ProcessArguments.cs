using System.Globalization;
using System.Text;

namespace Sampan.Cluster.Host;

/// <summary>The arguments of processes as everybody on the machine sees them in the list of processes.</summary>
public static class ProcessArguments
{
    private const string Own = "/proc/self";

    /// <summary>Those of a process; none when it has ended.</summary>
    public static IReadOnlyList<string> Of(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Overwrites a secret among those of this process with asterisks.</summary>
    /// <returns>Whether it is nowhere among them any more.</returns>
    public static bool Hide(string secret)
    {
        try
        {
            var (start, end) = Range();
            using var memory = new FileStream($"{Own}/mem", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            var text = new byte[end - start];
            memory.Position = start;
            memory.ReadExactly(text);
            var word = Encoding.UTF8.GetBytes(secret);
            for (var at = text.AsSpan().IndexOf(word); at >= 0; at = text.AsSpan().IndexOf(word))
            {
                text.AsSpan(at, word.Length).Fill((byte)'*');
                memory.Position = start + at;
                memory.Write(text, at, word.Length);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Fields 48 and 49 of /proc/self/stat: where the arguments begin and end in memory.</summary>
    private static (long Start, long End) Range()
    {
        var stat = File.ReadAllText($"{Own}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[45], CultureInfo.InvariantCulture), long.Parse(fields[46], CultureInfo.InvariantCulture));
    }
}
