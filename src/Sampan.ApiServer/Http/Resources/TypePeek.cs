using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Reads apiVersion and kind of a JSON object without reading the rest, where they come first. A FormatException is no JSON.</summary>
internal static class TypePeek
{
    public static (string ApiVersion, string Kind) Read(ReadOnlySpan<byte> json)
    {
        json = JsonText.Repair(json);
        var (version, kind) = ("", "");
        var found = 0;
        var reader = new Utf8JsonReader(json, JsonReadContext.ReaderOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return ("", "");
            }
            while (found < 2 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isVersion = reader.ValueTextEquals("apiVersion"u8);
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if ((isVersion || isKind) && reader.TokenType == JsonTokenType.String)
                {
                    found++;
                    version = isVersion ? reader.GetString()! : version;
                    kind = isKind ? reader.GetString()! : kind;
                }
                reader.Skip();
            }
            return (version, kind);
        }
        catch (JsonException e)
        {
            throw new FormatException(JsonSyntax.Error(json) ?? e.Message, e);
        }
    }
}
