using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Stats;

public sealed class DirectorySizeTests : IDisposable
{
    private const int Content = 1 << 16;
    private readonly TemporaryDirectory _directory = new();

    public DirectorySizeTests()
    {
        Directory.CreateDirectory(_directory["a/b"]);
        File.WriteAllBytes(_directory["a/b/file"], Enumerable.Repeat((byte)1, Content).ToArray());
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_Files_CountsThemAndTheirDirectories()
    {
        var size = DirectorySize.Of(_directory["a"]);

        Assert.Equal(3, size.Inodes);
        Assert.InRange(size.Bytes, Content, 2 * Content);
    }

    [Fact]
    public void Of_FileWithAHole_CountsWhatItTakesOnTheDisk()
    {
        using (var hole = File.Create(_directory["a/hole"])) hole.SetLength(1L << 30);

        Assert.InRange(DirectorySize.Of(_directory["a"]).Bytes, Content, 2 * Content);
    }

    [Fact]
    public void Of_FileWithTwoNames_CountsOnce()
    {
        var before = DirectorySize.Of(_directory["a"]);
        using (var ln = System.Diagnostics.Process.Start("ln", [_directory["a/b/file"], _directory["a/other"]])) ln.WaitForExit();

        var after = DirectorySize.Of(_directory["a"]);

        Assert.True(File.Exists(_directory["a/other"]));
        Assert.Equal(before.Inodes, after.Inodes);
        Assert.InRange(after.Bytes, before.Bytes, before.Bytes + Content - 1);
    }

    [Fact]
    public void Of_Link_IsNotFollowed()
    {
        File.CreateSymbolicLink(_directory["a/link"], "/usr");
        Assert.Equal(4, DirectorySize.Of(_directory["a"]).Inodes);
    }

    [Fact]
    public void Of_NoDirectory_IsNothing() => Assert.Equal(default, DirectorySize.Of(_directory["nowhere"]));
}
