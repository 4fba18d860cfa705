using Sampan.Network.Host;

namespace Sampan.Network.Tests.Host;

public sealed class PodSubnetTests
{
    [Fact]
    public void Parse_Network_NamesItsGateway()
    {
        var subnet = PodSubnet.Parse("10.244.3.0/24");
        Assert.Equal(new PodSubnet("10.244.3.0/24", "10.244.3.1", 24, "0a:58:0a:f4:03:01"), subnet);
    }

    [Fact]
    public void ParseAll_DualStack_HasAGatewayOfEachFamily() =>
        Assert.Equal(["10.244.3.1/24", "fd00:10:244:3::1/64"], PodSubnet.ParseAll("10.244.3.0/24,fd00:10:244:3::/64").Select(s => s.GatewayCidr));

    [Theory]
    [InlineData("fd00::/64")]
    [InlineData("10.244.0.0/24,10.245.0.0/24")]
    [InlineData("fd00::/64,10.244.0.0/24")]
    public void ParseAll_NotIPv4First_SaysSo(string cidrs) =>
        Assert.Contains("one IPv4 network", Assert.Throws<ArgumentException>(() => PodSubnet.ParseAll(cidrs)).Message);

    [Theory]
    [InlineData("10.244.3.0")]
    [InlineData("10.244.3.0/31")]
    [InlineData("fd00::/127")]
    [InlineData("pods")]
    public void Parse_NoNetworkForPods_SaysWhatIsNeeded(string cidr)
    {
        var e = Assert.Throws<ArgumentException>(() => PodSubnet.Parse(cidr));
        Assert.Contains("10.244.0.0/24", e.Message);
    }
}
