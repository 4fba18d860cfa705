using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Codec;

public class JsonSyntaxTests
{
    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("{", "unexpected end of JSON input")]
    [InlineData("{\"a\":1", "unexpected end of JSON input")]
    [InlineData("\"a", "unexpected end of JSON input")]
    [InlineData("tru", "unexpected end of JSON input")]
    [InlineData("-", "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("{} x", "invalid character 'x' after top-level value")]
    [InlineData("01", "invalid character '1' after top-level value")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u00g0\"", "invalid character 'g' in \\u hexadecimal character escape")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1ex", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("trve", "invalid character 'v' in literal true (expecting 'u')")]
    [InlineData("'a'", "invalid character '\\'' looking for beginning of value")]
    public void Error_BadText_IsInGosWords(string text, string error) => Assert.Equal(error, JsonSyntax.Error(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Error_CompressedBody_NamesItsFirstByte() => Assert.Equal("invalid character '\\x1f' looking for beginning of value", JsonSyntax.Error([0x1f, 0x8b, 8]));

    [Fact]
    public void Error_DeepNesting_IsBounded() => Assert.Equal("exceeded max depth", JsonSyntax.Error(Encoding.UTF8.GetBytes(new string('[', 1_000_000))));

    /// <summary>Both scanners agree on what is JSON.</summary>
    [Fact]
    public void Error_ChangedText_AgreesWithTheReader()
    {
        const string Good = """{"a":[1,-2.5e+3,true,false,null,"\u00e9\n"],"b":{"c":{},"d":[]} , "e":0}""";
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            StringBuilder text = new(Good);
            for (int changes = random.Next(3); changes >= 0; changes--)
            {
                text[random.Next(text.Length)] = "{}[]\",:0123456789.eE+-truefalsn\\ x"[random.Next(34)];
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            Assert.True(IsJson(bytes) == (JsonSyntax.Error(bytes) is null), text.ToString());
        }
    }

    private static bool IsJson(byte[] bytes)
    {
        Utf8JsonReader reader = new(bytes);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
