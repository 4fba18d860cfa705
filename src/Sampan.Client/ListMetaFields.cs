using System.Text.Json;

namespace Sampan.Client;

internal readonly record struct ListMetaFields(string? ResourceVersion, string? Continue, long? Remaining)
{
    public static ListMetaFields Read(ReadOnlySpan<byte> json)
    {
        var fields = default(ListMetaFields);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            fields = (name, reader.TokenType) switch
            {
                ("resourceVersion", JsonTokenType.String) => fields with { ResourceVersion = reader.GetString() },
                ("continue", JsonTokenType.String) => fields with { Continue = reader.GetString() },
                ("remainingItemCount", JsonTokenType.Number) => fields with { Remaining = reader.GetInt64() },
                _ => fields,
            };
            reader.Skip();
        }

        return fields;
    }
}
