using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Tests.Codec;

namespace Sampan.Api.Tests.Primitives;

public class DurationTests
{
    [Theory]
    [InlineData("0", "0s")]
    [InlineData("5s", "5s")]
    [InlineData("60s", "1m0s")]
    [InlineData("1h30m", "1h30m0s")]
    [InlineData("1.5h", "1h30m0s")]
    [InlineData("100ms", "100ms")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("1500us", "1.5ms")]
    [InlineData("-1h", "-1h0m0s")]
    [InlineData("7ns", "7ns")]
    [InlineData(".5s", "500ms")]
    [InlineData("2562047h47m16.854775807s", "2562047h47m16.854775807s")]
    [InlineData("-2562047h47m16.854775808s", "-2562047h47m16.854775808s")]
    public void ToString_AnyText_IsGos(string text, string written) => Assert.Equal(written, Duration.Parse(text).ToString());

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("5x", "time: unknown unit \"x\" in duration \"5x\"")]
    [InlineData("s", "time: invalid duration \"s\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("3000000h", "time: invalid duration \"3000000h\"")]
    [InlineData("2562047h47m16.854775808s", "time: invalid duration \"2562047h47m16.854775808s\"")]
    public void Parse_NoDuration_SaysWhatGoSays(string text, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<FormatException>(() => Duration.Parse(text)).Message);

    [Fact]
    public void Wire_Any_RoundTrips() => Check.QuickThrowOnFailure(Prop.ForAll<long>(nanoseconds =>
    {
        Duration duration = Duration.FromNanoseconds(nanoseconds);
        return Wire.ThroughJson(duration) == duration && Wire.ThroughProto(duration) == duration;
    }));

    [Fact]
    public void TryParse_Garbage_NeverThrows() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Garbage.Of("0123456789.-+nuµmsh")), text =>
        Duration.TryParse(text, out _) || true));
}
