using Sampan.Api.Tests.Codec;

namespace Sampan.Api.Tests.Primitives;

public class IntOrStringTests
{
    [Theory]
    [InlineData("25%", 10, true, 3)]
    [InlineData("25%", 10, false, 2)]
    [InlineData("100%", 7, true, 7)]
    [InlineData("0%", 7, true, 0)]
    [InlineData("150%", 10, false, 15)]
    public void GetScaledValue_Percent_Rounds(string text, int total, bool up, int expected) =>
        Assert.Equal(expected, new IntOrString(text).GetScaledValueFromIntOrPercent(total, up));

    [Fact]
    public void GetScaledValue_Number_IsItself() => Assert.Equal(5, new IntOrString(5).GetScaledValueFromIntOrPercent(100, true));

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("5")]
    [InlineData("http")]
    [InlineData("a%")]
    public void GetScaledValue_OtherText_IsNull(string text) => Assert.Null(new IntOrString(text).GetScaledValueFromIntOrPercent(10, true));

    [Fact]
    public void Wire_NumberAndString_RoundTrip()
    {
        Assert.Equal("80", Wire.ToJson(new IntOrString(80)));
        Assert.Equal("\"http\"", Wire.ToJson(new IntOrString("http")));
        foreach (IntOrString value in new IntOrString[] { 80, -1, 0, "http", "", "25%" })
        {
            Assert.Equal(value, Wire.ThroughJson(value));
            Assert.Equal(value, Wire.ThroughProto(value));
        }
    }

    [Fact]
    public void ReadJson_Boolean_NamesTheType() => Assert.Equal(
        "json: cannot unmarshal bool into Go value of type int32",
        Assert.ThrowsAny<FormatException>(() => Wire.FromJson<IntOrString>("true")).Message);
}
