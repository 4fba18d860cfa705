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
            writer.WriteStartArray();
            metrics.ForEach(metric => metric.WriteJson(writer));
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What cannot be read is dropped: the annotation is the client's.</summary>
    public static List<MetricSpec> Read(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            var metrics = new List<MetricSpec>();
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                metrics.Add(MetricSpec.ReadJson(ref reader, new JsonReadContext()));
            }
            return metrics;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return [];
        }
    }
}
