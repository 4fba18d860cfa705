using Sampan.Api.Core.V1;
using Sampan.ControllerManager.SELinuxWarning;

namespace Sampan.ControllerManager.Tests.SELinuxWarning;

public sealed class SELinuxLabelTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "system_u:system_r:container_t:s0:c1,c2", false)]
    [InlineData(":::s0:c1,c2", "system_u:system_r:container_t:s0:c1,c2", false)]
    [InlineData(":::s0:c98,c99", "system_u:system_r:container_t:s0:c1,c2", true)]
    [InlineData("system_u:::", ":system_r::", false)]
    [InlineData("::svirt_t:s0", "::container_t:s0", true)]
    [InlineData(":::s0:c1,c2", ":::s0:c1,c2", false)]
    [InlineData(":::s0:c1,c2", ":::s0:c3,c4", true)]
    public void Conflict_Labels_DifferInAPartThatBothState(string a, string b, bool conflict)
    {
        Assert.Equal(conflict, SELinuxLabel.Conflict(a, b));
        Assert.Equal(conflict, SELinuxLabel.Conflict(b, a));
    }

    [Fact]
    public void Of_Options_KeepTheirPlaces()
    {
        Assert.Equal("", SELinuxLabel.Of(null));
        Assert.Equal("", SELinuxLabel.Of(new SELinuxOptions()));
        Assert.Equal("u::t:s0:c1", SELinuxLabel.Of(new SELinuxOptions { User = "u", Type = "t", Level = "s0:c1" }));
    }
}
