using System.Text;
using System.Text.Json;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Metrics as JSON text, for the annotation that carries them through v1.</summary>
internal static class HpaMetricsText
{
    public static string Write(List<MetricSpec> metrics)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonCodec.WriterOptions))
        {
            ModelJson.WriteList(writer, metrics);
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What cannot be read is dropped: the annotation is the client's.</summary>
    public static List<MetricSpec> Read(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            reader.Read();
            return ModelJson.ReadList<MetricSpec>(ref reader, new JsonReadContext()) ?? [];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return [];
        }
    }
}
