using System.Text.Json;
using System.Text.Json.Serialization;
using Sampan.Api.Codec;

namespace Sampan.Scheduler.Configuration;

/// <summary>Reads parts of the API's object model inside the configuration.</summary>
internal sealed class ApiValueConverter<T> : JsonConverter<T> where T : IWireValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var context = new JsonReadContext(FieldValidation.Strict);
        var value = T.ReadJson(ref reader, context);
        return context.StrictErrors is [var first, ..] ? throw new JsonException(first) : value;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => value.WriteJson(writer);
}
