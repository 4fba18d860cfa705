using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Linux;

public sealed class SocketPathsTests
{
    [Fact]
    public void Check_PathThatIsTooLong_SaysByHowMuchAndWhatHelps()
    {
        SocketPaths.Check("/" + new string('a', 106));

        var failure = Assert.Throws<IOException>(() => SocketPaths.Check("/" + new string('a', 109)));

        Assert.Contains("is 3 bytes too long: choose a data directory with a shorter path", failure.Message, StringComparison.Ordinal);
    }
}
