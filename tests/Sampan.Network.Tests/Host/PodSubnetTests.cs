using Sampan.Network.Host;

namespace Sampan.Network.Tests.Host;

public sealed class PodSubnetTests
{
    [Fact]
    public void Parse_Network_NamesItsGateway()
    {
        var subnet = PodSubnet.Parse("10.244.3.0/24");
        Assert.Equal(new PodSubnet("10.244.3.1", 24, "0a:58:0a:f4:03:01"), subnet);
    }

    [Theory]
    [InlineData("10.244.3.0")]
    [InlineData("10.244.3.0/31")]
    [InlineData("fd00::/64")]
    [InlineData("pods")]
    public void Parse_NoNetworkForPods_SaysWhatIsNeeded(string cidr)
    {
        var e = Assert.Throws<ArgumentException>(() => PodSubnet.Parse(cidr));
        Assert.Contains("10.244.0.0/24", e.Message);
    }
}
