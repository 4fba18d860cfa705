using Sampan.Kubelet.Certificates;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Certificates;

public sealed class WatchedFilesTests
{
    [Fact]
    public void Current_FileWrittenAnew_IsReadAgain()
    {
        using var folder = new TemporaryDirectory();
        Write(folder, "one", 1);
        var reads = 0;
        var files = new WatchedFiles<string>(() => Read(folder, ref reads), folder["ca"]);
        Assert.Equal("one", files.Current);
        Assert.Equal(1, reads);

        Write(folder, "", 2);
        Assert.Equal("one", files.Current);
        Write(folder, "two", 3);

        Assert.Equal("two", files.Current);
    }

    private static void Write(TemporaryDirectory folder, string text, int hour)
    {
        File.WriteAllText(folder["ca"], text);
        File.SetLastWriteTimeUtc(folder["ca"], new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc));
    }

    private static string Read(TemporaryDirectory folder, ref int reads)
    {
        reads++;
        return File.ReadAllText(folder["ca"]) is { Length: > 0 } text ? text : throw new IOException("it is empty");
    }
}
