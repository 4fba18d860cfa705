using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;
using Sampan.Api.Tests.Codec;

namespace Sampan.Api.Tests.Primitives;

public class TimeTests
{
    [Theory]
    [InlineData("2008-01-01T01:01:01Z", "2008-01-01T01:01:01Z")]
    [InlineData("2008-01-01T01:01:01+02:00", "2007-12-31T23:01:01Z")]
    [InlineData("2008-01-01T01:01:01.999999999Z", "2008-01-01T01:01:01Z")]
    [InlineData("2008-01-01T01:01:01,5Z", "2008-01-01T01:01:01Z")]
    public void Parse_Rfc3339_IsWrittenInUtcSeconds(string text, string written) => Assert.Equal(written, Time.Parse(text).ToString());

    [Theory]
    [InlineData("2008-01-01T01:01:01.500000Z", "2008-01-01T01:01:01.500000Z")]
    [InlineData("2008-01-01T01:01:01.123456+02:00", "2007-12-31T23:01:01.123456Z")]
    public void MicroTimeParse_SixDigits_IsWrittenWithSixDigits(string text, string written) => Assert.Equal(written, MicroTime.Parse(text).ToString());

    [Theory]
    [InlineData("2008-01-01T01:01:01Z", "cannot parse \"Z\" as \".000000\"")]
    [InlineData("2008-01-01T01:01:01.123Z", "cannot parse \".123Z\" as \".000000\"")]
    [InlineData("2008-01-01T01:01:01.123456789Z", "cannot parse \"789Z\" as \"Z07:00\"")]
    [InlineData("2008-01-01", "cannot parse \"\" as \"T\"")]
    public void MicroTimeParse_NotSixDigits_SaysWhereAsGoDoes(string text, string reason) => Assert.Equal(
        $"parsing time \"{text}\" as \"2006-01-02T15:04:05.000000Z07:00\": {reason}", Assert.Throws<JsonFormatException>(() => MicroTime.Parse(text)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2008-01-01")]
    [InlineData("2008-01-01T01:01:01")]
    [InlineData("2008-13-01T01:01:01Z")]
    [InlineData("2008-01-01 01:01:01Z")]
    public void Parse_NoTime_Throws(string text) => Assert.Throws<JsonFormatException>(() => Time.Parse(text));

    [Fact]
    public void WriteJson_NoTime_IsNull()
    {
        Assert.Equal("null", Wire.ToJson(default(Time)));
        Assert.True(Wire.FromJson<Time>("null").IsZero);
        Assert.Empty(Wire.ToProto(default(Time)));
        Assert.True(Wire.FromProto<MicroTime>([]).IsZero);
    }

    [Fact]
    public void Wire_Any_RoundTrips() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Moments), moment =>
        Wire.ThroughJson(new Time(moment)) == new Time(moment)
        && Wire.ThroughProto(new Time(moment)) == new Time(moment)
        && Wire.ThroughJson(new MicroTime(moment)) == new MicroTime(moment)
        && Wire.ThroughProto(new MicroTime(moment)) == new MicroTime(moment)));

    [Fact]
    public void Parse_Garbage_ThrowsOnlyItsOwnError() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Garbage.Of("0123456789-:.TZ+")), text =>
    {
        try
        {
            Time.Parse(text);
        }
        catch (JsonFormatException)
        {
            // What garbage deserves.
        }

        return true;
    }));

    private static Gen<DateTimeOffset> Moments =>
        from seconds in Gen.Choose(int.MinValue, int.MaxValue)
        from micros in Gen.Choose(0, 999_999)
        select DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMicroseconds(micros);

    [Theory]
    [InlineData("yesterday", "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"")]
    [InlineData("", "parsing time \"\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"2006\"")]
    [InlineData("2026-1-01T00:00:00Z", "parsing time \"2026-1-01T00:00:00Z\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"1-01T00:00:00Z\" as \"01\"")]
    [InlineData("2026-01-01 00:00:00Z", "parsing time \"2026-01-01 00:00:00Z\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \" 00:00:00Z\" as \"T\"")]
    [InlineData("2026-01-01T00:00:00", "parsing time \"2026-01-01T00:00:00\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"Z07:00\"")]
    [InlineData("2026-01-01T00:00:00.5+1", "parsing time \"2026-01-01T00:00:00.5+1\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"+1\" as \"Z07:00\"")]
    [InlineData("2026-01-01T00:00:00Zulu", "parsing time \"2026-01-01T00:00:00Zulu\": extra text: \"ulu\"")]
    [InlineData("2026-13-01T00:00:00Z", "parsing time \"2026-13-01T00:00:00Z\": month out of range")]
    [InlineData("2026-02-30T00:00:00Z", "parsing time \"2026-02-30T00:00:00Z\": day out of range")]
    [InlineData("2026-01-01T24:00:00Z", "parsing time \"2026-01-01T24:00:00Z\": hour out of range")]
    public void Parse_NoMoment_SaysWhereAsGoDoes(string text, string message) =>
        Assert.Equal(message, Assert.Throws<Sampan.Api.Codec.JsonFormatException>(() => Time.Parse(text)).Message);
}
