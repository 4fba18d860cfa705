using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Volumes;

/// <summary>Upstream: TestTmpfsMountOptions and pkg/kubelet/util/swap.</summary>
public sealed class MemoryMountsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null, null, "tmpfs noswap")]
    [InlineData(null, 4096L, "tmpfs size=4096,noswap")]
    [InlineData("noswap", null, "tmpfs ")]
    [InlineData("noswap", 4096L, "tmpfs size=4096")]
    public void Mount_KernelThatCan_KeepsItFromSwap(string? unknown, long? size, string expected)
    {
        var linux = new FakeLinux { UnknownOption = unknown };
        var mounts = new MemoryMounts(linux, _directory["trial"]);

        mounts.Mount(_directory["v"], size);
        mounts.Mount(_directory["w"], size);

        Assert.Equal(unknown is null, mounts.AreKeptFromSwap);
        Assert.Equal([_directory["v"], _directory["w"]], linux.Mounts);
        Assert.Equal([expected, expected], linux.MountTypes.TakeLast(2));
        Assert.False(Directory.Exists(_directory["trial"]));
    }

    [Fact]
    public void Mount_AfterAKubeletThatEndedInItsTrial_RemovesWhatThatLeft()
    {
        Directory.CreateDirectory(_directory["trial"]);
        var linux = new FakeLinux();
        linux.Mount("tmpfs", _directory["trial"], "tmpfs", default, "noswap");

        Assert.True(new MemoryMounts(linux, _directory["trial"]).AreKeptFromSwap);

        Assert.Empty(linux.Mounts);
        Assert.False(Directory.Exists(_directory["trial"]));
    }
}
