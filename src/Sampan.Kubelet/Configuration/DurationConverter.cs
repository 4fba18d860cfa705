using System.Text.Json;
using System.Text.Json.Serialization;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.Kubelet.Configuration;

/// <summary>Durations as Go writes them: <c>1m0s</c>.</summary>
internal sealed class DurationConverter : JsonConverter<Duration>
{
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Duration.Parse(reader.GetString() ?? "0s");
        }
        catch (Exception e) when (e is JsonFormatException or InvalidOperationException)
        {
            throw new JsonException($"{e.Message}: a duration is written as 1m30s", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
