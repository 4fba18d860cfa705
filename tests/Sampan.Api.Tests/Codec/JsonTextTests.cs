using System.Text;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Api.Tests.Codec;

public class JsonTextTests
{
    [Theory]
    [InlineData(@"""plain""", @"""plain""")]
    [InlineData(@"""\u00e9""", @"""\u00e9""")]
    [InlineData(@"""\ud83d\ude00""", @"""\ud83d\ude00""")]
    [InlineData(@"""\ud83d""", @"""\ufffd""")]
    [InlineData(@"""\uDE00x""", @"""\ufffdx""")]
    [InlineData(@"""\ud83d\ud83d\ude00""", @"""\ufffd\ud83d\ude00""")]
    [InlineData(@"""\\ud83d""", @"""\\ud83d""")]
    [InlineData(@"""\ud83", @"""\ud83")]
    public void Repair_Surrogates_KeepsPairsOnly(string text, string repaired) =>
        Assert.Equal(repaired, Encoding.UTF8.GetString(JsonText.Repair(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Decode_BytesThatAreNoText_BecomeReplacementCharacters()
    {
        byte[] json = [.. "{\"data\":{\"k\":\"a"u8, 0xff, .. "b\"}}"u8];
        Assert.Equal("a\ufffdb", JsonCodec.Decode<ConfigMap>(json).Data!["k"]);
    }
}
