using Sampan.Api.Cel;

namespace Sampan.Api.Tests.Cel;

public sealed class SemanticVersionTests
{
    [Fact]
    public void CompareTo_InSequence_EachIsLessThanTheNext()
    {
        string[] order = ["0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"];
        var versions = order.Select(text => Parse(text)).ToList();
        for (var i = 1; i < versions.Count; i++) Assert.True(versions[i - 1] < versions[i], $"{order[i - 1]} < {order[i]}");
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("v1.2.3")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3 ")]
    [InlineData("")]
    public void TryParse_NoVersion_IsRefused(string text) => Assert.False(SemanticVersion.TryParse(text, normalize: false, out _));

    private static SemanticVersion Parse(string text) => SemanticVersion.TryParse(text, normalize: false, out var version) ? version : throw new FormatException(text);
}
