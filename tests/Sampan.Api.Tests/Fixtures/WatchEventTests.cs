using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Tests.Fixtures;

/// <summary>The one fixture without apiVersion and kind.</summary>
public sealed class WatchEventTests
{
    internal const string Name = "core.v1.WatchEvent";

    [Fact]
    public void WatchEvent_Fixture_RoundTrips()
    {
        Assert.SkipWhen(ReferenceDirectory.Fixtures is null, ReferenceDirectory.Missing);
        string path = Path.Combine(ReferenceDirectory.Fixtures!, Name);
        byte[] json = File.ReadAllBytes(path + ".json");
        byte[] proto = File.ReadAllBytes(path + ".pb");

        WatchEvent fromJson = JsonCodec.Decode<WatchEvent>(json);
        WatchEvent fromProto = ProtoCodec.Decode<WatchEvent>(proto);

        Assert.True(fromJson.DeepEquals(fromProto));
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), JsonNode.Parse(JsonCodec.Encode(fromJson))!.ToJsonString());
        using ProtoWriter writer = new();
        ProtoEnvelope.Write(writer, "", "", fromJson);
        Assert.Equal(proto, writer.ToArray());
    }
}
