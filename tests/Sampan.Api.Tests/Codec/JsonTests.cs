using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Api.Tests.Codec;

public class JsonTests
{
    [Theory]
    [InlineData(" { \"a\" : [ 1.0 , \"x y\\n\" , null , true ] , \"b\":{} } ", """{"a":[1.0,"x y\n",null,true],"b":{}}""")]
    [InlineData(" 1e5 ", "1e5")]
    [InlineData("[]", "[]")]
    public void Compact_Json_DropsOnlyWhiteSpace(string json, string compact) =>
        Assert.Equal(compact, Encoding.UTF8.GetString(JsonRaw.Compact(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void ParseTree_DuplicateNames_AreReportedWithTheirPath()
    {
        JsonReadContext context = new(FieldValidation.Strict);
        JsonTree.Parse("""{"a":[{"b":1,"b":2}],"a":3}"""u8, context);
        Assert.Equal(["duplicate field \"a[0].b\"", "duplicate field \"a\""], context.StrictErrors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("nul")]
    public void ParseTree_NoJson_Throws(string json) =>
        Assert.Throws<JsonFormatException>(() => JsonTree.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void ParseTree_Garbage_ThrowsOnlyItsOwnError() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(Garbage.Of("{}[]:,\"\\u0d8anultrfse1-.e \n")), text =>
    {
        try
        {
            JsonTree.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException)
        {
            // What garbage deserves.
        }

        return true;
    }));

    [Theory]
    [InlineData("\"aGk=\"", "aGk=")]
    [InlineData("\"\"", "")]
    public void ReadBytes_Base64_Decodes(string json, string encoded)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json));
        reader.Read();
        Assert.Equal(Convert.FromBase64String(encoded), JsonScalars.ReadBytes(ref reader, new JsonReadContext()));
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"a","env":[{"name":"x","value":5}]}]}}""", "json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string")]
    [InlineData("""{"metadata":{"labels":{"a":true}}}""", "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"spec":{"terminationGracePeriodSeconds":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64")]
    [InlineData("""[]""", "json: cannot unmarshal array into Go value of type v1.Pod")]
    public void Decode_WrongType_SaysWhatGoSays(string json, string message) =>
        Assert.Equal(message, Assert.Throws<JsonFormatException>(() => JsonCodec.Decode<Pod>(Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void Decode_UnknownAndDuplicateFields_AreReportedWithIndexes()
    {
        JsonReadContext context = new(FieldValidation.Strict);
        JsonCodec.Decode<Pod>("""{"spec":{"containers":[{"name":"a","name":"b","imag":"x"}],"nodes":1}}"""u8, context);
        Assert.Equal(
            ["duplicate field \"spec.containers[0].name\"", "unknown field \"spec.containers[0].imag\"", "unknown field \"spec.nodes\""],
            context.StrictErrors);
    }

    [Fact]
    public void RawJson_Any_RoundTrips()
    {
        RawExtension raw = RawExtension.Parse(" {\"a\": [1, 2]} ");
        Assert.Equal("""{"a":[1,2]}""", raw.ToString());
        Assert.Equal(raw, Wire.ThroughJson(raw));
        Assert.Equal(raw, Wire.ThroughProto(raw));
        Assert.Equal("null", Wire.ToJson(default(RawExtension)));
        Assert.True(Wire.FromJson<RawExtension>("null").IsEmpty);
        Assert.Equal("null", Wire.FromJson<JSON>("null").ToString());
    }
}
