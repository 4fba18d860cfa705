using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using Sampan.Cluster.Images;

namespace Sampan.Cluster.Tests.Images;

public sealed class PauseImageTests
{
    [Fact]
    public void Write_EveryBlob_IsNamedByItsDigest()
    {
        var blobs = Entries().Where(e => e.Key.StartsWith("blobs/sha256/", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, blobs.Count);
        Assert.All(blobs, blob => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(blob.Value)), blob.Key["blobs/sha256/".Length..]));
    }

    [Fact]
    public async Task Program_Started_SleepsUntilItIsKilled()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sampan-pause-{Environment.ProcessId}");
        try
        {
            await File.WriteAllBytesAsync(path, Program(), TestContext.Current.CancellationToken);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var process = Process.Start(path);
            Assert.True(await SleepsAsync(process.Id), "the program does not sleep in pause()");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<bool> SleepsAsync(int pid)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var stat = await File.ReadAllTextAsync($"/proc/{pid}/stat");
            if (stat.Contains("(sampan-pause-", StringComparison.Ordinal) && stat.Contains(") S ", StringComparison.Ordinal)) return true;
            await Task.Delay(10);
        }
        return false;
    }

    private static byte[] Program()
    {
        var layer = Entries().Values.Single(content => content.AsSpan().IndexOf("ustar"u8) == 257);
        using var tar = new TarReader(new MemoryStream(layer));
        var content = new MemoryStream();
        tar.GetNextEntry()!.DataStream!.CopyTo(content);
        return content.ToArray();
    }

    private static Dictionary<string, byte[]> Entries()
    {
        var archive = new MemoryStream();
        PauseImage.Write(archive);
        archive.Position = 0;
        using var tar = new TarReader(archive);
        var entries = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry(copyData: true) is { } entry)
        {
            var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            entries[entry.Name] = content.ToArray();
        }
        return entries;
    }
}
