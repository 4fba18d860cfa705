using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>A value that writes itself as JSON.</summary>
public interface IJsonWritable
{
    /// <summary>Writes the value, without a property name.</summary>
    void WriteJson(Utf8JsonWriter writer);
}
