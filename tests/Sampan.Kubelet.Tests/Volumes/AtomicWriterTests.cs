using System.Text;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Payload;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class AtomicWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_NewFiles_AreReachableThroughTheDataLink()
    {
        Assert.True(Write(("token", "abc"), ("dir/file", "x")));

        Assert.Equal("abc", File.ReadAllText(_directory["token"]));
        Assert.Equal("x", File.ReadAllText(_directory["dir/file"]));
        Assert.Equal("..data/token", new FileInfo(_directory["token"]).LinkTarget);
        Assert.StartsWith("..2026_01_01_00_00_00.", new FileInfo(_directory["..data"]).LinkTarget);
    }

    [Fact]
    public void Write_SameFiles_ChangesNothing()
    {
        Write(("a", "1"));
        var before = new FileInfo(_directory["..data"]).LinkTarget;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(Write(("a", "1")));
        Assert.Equal(before, new FileInfo(_directory["..data"]).LinkTarget);
    }

    /// <summary>Upstream: kubernetes issue 121472.</summary>
    [Fact]
    public void Write_SameFilesAfterAKubeletThatEndedBeforeTheLinks_MakesThem()
    {
        Write(("a", "1"), ("b", "1"));
        var before = new FileInfo(_directory["..data"]).LinkTarget;
        File.Delete(_directory["b"]);
        File.CreateSymbolicLink(_directory["gone"], "..data/gone");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(Write(("a", "1"), ("b", "1")));

        Assert.Equal("1", File.ReadAllText(_directory["b"]));
        Assert.Null(new FileInfo(_directory["gone"]).LinkTarget);
        Assert.Equal(before, new FileInfo(_directory["..data"]).LinkTarget);
    }

    /// <summary>Upstream: validatePayload cleans paths.</summary>
    [Fact]
    public void Write_PathsWithDetours_AreWhereTheyLead()
    {
        Write(("./a", "1"), ("b//c", "2"));
        Assert.Equal(("1", "2"), (File.ReadAllText(_directory["a"]), File.ReadAllText(_directory["b/c"])));
        Assert.False(Write(("./a", "1"), ("b//c", "2")));
    }

    [Fact]
    public void Write_PlaceOfAnotherVolume_IsLeftAlone()
    {
        Directory.CreateDirectory(_directory["other/volume"]);
        Directory.CreateDirectory(_directory["hidden"]);

        Write(("a", "1"), ("hidden", "1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Write(("a", "2"));

        Assert.True(Directory.Exists(_directory["other/volume"]));
        Assert.True(Directory.Exists(_directory["hidden"]));
        Assert.Equal("2", File.ReadAllText(_directory["a"]));
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFilesAndNothingElse()
    {
        Write(("a", "1"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Throws<IOException>(() => new AtomicWriter(_directory.Path, new FakeLinux(), _time).Write(new Dictionary<string, PayloadFile> { ["a"] = new("2"u8.ToArray(), 0b110_100_100) }, _ => throw new IOException("No space left on device")));

        Assert.Equal("1", File.ReadAllText(_directory["a"]));
        Assert.Single(Directory.GetDirectories(_directory.Path, "..2*"));
    }

    [Fact]
    public void Write_ChangedFiles_ReplacesAllAndLeavesNoOldVersion()
    {
        Write(("a", "1"), ("gone", "1"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Write(("a", "2"), ("b", "2")));

        Assert.Equal("2", File.ReadAllText(_directory["a"]));
        Assert.Equal("2", File.ReadAllText(_directory["b"]));
        Assert.False(File.Exists(_directory["gone"]));
        Assert.Single(Directory.GetDirectories(_directory.Path, "..2*"));
    }

    [Theory]
    [InlineData("/absolute")]
    [InlineData("a/../../b")]
    [InlineData("..data")]
    public void Write_PathThatLeadsOut_IsRefused(string path) =>
        Assert.Throws<VolumeFailure>(() => Write((path, "x")));

    [Fact]
    public void Write_Modes_AreAsAsked()
    {
        var files = new Dictionary<string, PayloadFile> { ["secret"] = new(Encoding.UTF8.GetBytes("x"), 0b100_000_000) };

        new AtomicWriter(_directory.Path, new FakeLinux(), _time).Write(files, _ => { });

        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(_directory["..data/secret"]));
    }

    /// <summary>Upstream since v1.36: who may not follow links of others finds its token all the same.</summary>
    [Fact]
    public void Write_FileOfOneUser_GivesItsLinkToThatUserToo()
    {
        var linux = new FakeLinux();
        var files = new Dictionary<string, PayloadFile> { ["token"] = new("x"u8.ToArray(), 0b110_000_000, 1000), ["ca.crt"] = new("y"u8.ToArray(), 0b110_100_100) };

        new AtomicWriter(_directory.Path, linux, _time).Write(files, _ => { });

        Assert.Equal(["token 1000:", "token 1000:"], linux.Owners);
    }

    private bool Write(params (string Path, string Text)[] files) =>
        new AtomicWriter(_directory.Path, new FakeLinux(), _time).Write(
            files.ToDictionary(f => f.Path, f => new PayloadFile(Encoding.UTF8.GetBytes(f.Text), 0b110_100_100)), _ => { });
}
