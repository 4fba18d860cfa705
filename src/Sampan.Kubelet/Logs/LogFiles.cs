using System.Globalization;
using System.IO.Compression;

namespace Sampan.Kubelet.Logs;

/// <summary>
/// The files of one container's log. The newest old one stays as it is, for readers that have not finished; those before it
/// are compressed.
/// <code>
/// 0.log                      written now
/// 0.log.20260102-030405      the one before
/// 0.log.20260102-020304.gz   older
/// </code>
/// </summary>
internal sealed class LogFiles(string path, int maxFiles)
{
    private const string Compressed = ".gz";
    private const string Unfinished = ".tmp";

    /// <summary>Starts another file under the log's name.</summary>
    /// <param name="reopen">Has the writer open the log's name anew; when it fails, the log is as before.</param>
    /// <param name="now">Names the file that is put aside.</param>
    /// <param name="cancellationToken">Ends the compression.</param>
    public async Task RotateAsync(Func<Task> reopen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Somebody ended while compressing: either there is less than all yet, or the original stayed beside it.
        var aside = Aside();
        foreach (var useless in aside.Where(f => f.EndsWith(Unfinished, StringComparison.Ordinal) || aside.Contains(f + Compressed)))
        {
            File.Delete(useless);
        }

        // The current file and the one that is put aside now count too.
        foreach (var excess in Aside().SkipLast(Math.Max(maxFiles - 2, 0)))
        {
            File.Delete(excess);
        }

        foreach (var plain in Aside().Where(f => !f.EndsWith(Compressed, StringComparison.Ordinal)))
        {
            await CompressAsync(plain, cancellationToken);
        }

        var latest = $"{path}.{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        File.Move(path, latest);
        try
        {
            await reopen();
        }
        catch
        {
            File.Move(latest, path, overwrite: true);
            throw;
        }
    }

    /// <summary>How many times a container has begun by its logs in this directory: one more than the greatest number among <c>NUMBER.log…</c>.</summary>
    public static int CountOf(string directory) => !Directory.Exists(directory) ? 0 : Directory.GetFiles(directory)
        .Select(file => Path.GetFileName(file))
        .Select(name => name.IndexOf(".log", StringComparison.Ordinal) is var dot and > 0 && int.TryParse(name.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number + 1 : 0)
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>Removes the log, with all that was put aside.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            foreach (var file in Aside().Append(path))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The oldest first. (A search pattern that ends in <c>.*</c> would find the log itself too.)</summary>
    private List<string> Aside() =>
        [.. Directory.GetFiles(Path.GetDirectoryName(path)!).Where(f => f.StartsWith(path + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static async Task CompressAsync(string file, CancellationToken cancellationToken)
    {
        var unfinished = file + Unfinished;
        await using (var source = File.OpenRead(file))
        await using (var target = new GZipStream(File.Create(unfinished), CompressionLevel.Fastest))
        {
            await source.CopyToAsync(target, cancellationToken);
        }

        File.Move(unfinished, file + Compressed, overwrite: true);
        File.Delete(file);
    }
}
