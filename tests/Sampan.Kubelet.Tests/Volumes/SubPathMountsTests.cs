using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class SubPathMountsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLinux _linux = new();
    private readonly SubPathMounts _paths;

    public SubPathMountsTests()
    {
        _paths = new SubPathMounts(new PodPaths(_directory.Path, _directory["logs"]), _linux);
        Directory.CreateDirectory(_directory["volume"], (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(_directory["outside"]);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Mount_PathThatIsMissing_IsMadeWithTheVolumesMode()
    {
        File.SetUnixFileMode(_directory["volume"], (UnixFileMode)0b111_111_111);
        var target = Mount("a/b");
        Assert.Equal(_directory["pods/uid/volume-subpaths/v/web/0"], target);
        Assert.Equal((UnixFileMode)0b111_111_111, File.GetUnixFileMode(_directory["volume/a/b"]));
        Assert.Equal([target], _linux.Mounts);
        Mount("a/b");
        Assert.Equal([target], _linux.Mounts);
    }

    [Fact]
    public void Mount_File_IsBoundToAFile()
    {
        File.WriteAllText(_directory["volume/file"], "x");
        Assert.True(File.Exists(Mount("file")));
    }

    [Fact]
    public void Mount_LinkWithinTheVolume_IsFollowed()
    {
        Directory.CreateDirectory(_directory["volume/..2026"]);
        File.WriteAllText(_directory["volume/..2026/key"], "x");
        File.CreateSymbolicLink(_directory["volume/..data"], "..2026");
        File.CreateSymbolicLink(_directory["volume/key"], "..data/key");
        Assert.True(File.Exists(Mount("key")));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/made")]
    [InlineData("up")]
    [InlineData("up/made")]
    public void Mount_LinkOutOfTheVolume_IsRefusedAndNothingIsMadeThere(string path)
    {
        File.CreateSymbolicLink(_directory["volume/link"], _directory["outside"]);
        File.CreateSymbolicLink(_directory["volume/up"], "../outside");
        var failure = Assert.Throws<StartFailure>(() => Mount(path));
        Assert.Equal(("CreateContainerConfigError", "failed to prepare subPath for volumeMount \"v\" of container \"web\""), (failure.Reason, failure.Message));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["outside"]));
        Assert.Empty(_linux.Mounts);
    }

    [Fact]
    public void Mount_MissingPathOfAReadOnlyVolume_IsRefused() =>
        Assert.Throws<StartFailure>(() => _paths.Mount("uid", "web", 0, new MountedVolume("v", _directory["volume"], true), "missing"));

    private string Mount(string subPath) => _paths.Mount("uid", "web", 0, new MountedVolume("v", _directory["volume"], false), subPath);
}
