using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Linux;

public sealed class FileStatusTests
{
    [Theory]
    [InlineData("/proc", true)]
    [InlineData("/proc/self", false)]
    [InlineData("/proc/sys/kernel", false)]
    public void MountPoint_OfAPath_IsOneWhereSomethingIsMountedJustThere(string path, bool expected)
    {
        var linux = new LinuxHost();
        Assert.Equal((expected, expected), (linux.IsMountPoint(path), linux.MountPoints(path).Contains(path)));
        Assert.Contains(FileStatus.Of(path, followsLink: false)!.Value.IsMountPoint, new bool?[] { null, expected });
    }

    [Fact]
    public void MountPoint_OfNothing_IsNone() => Assert.False(new LinuxHost().IsMountPoint("/proc/there-is-no-such-file"));
}
