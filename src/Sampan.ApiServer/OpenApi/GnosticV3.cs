using System.Text.Json;
using Sampan.Api.Codec;
using static Sampan.ApiServer.OpenApi.GnosticMessage;

namespace Sampan.ApiServer.OpenApi;

/// <summary>An OpenAPI 3.0 document as protobuf (openapi.v3.Document).</summary>
internal static class GnosticV3
{
    private static readonly GnosticMessage Reference = new(0) { ["$ref"] = Text(1) };

    private static readonly GnosticMessage Schema = new(36)
    {
        ["uniqueItems"] = Flag(20),
        ["required"] = Texts(23),
        ["type"] = Text(25),
        ["allOf"] = Many(26, () => WriteSchema),
        ["oneOf"] = Many(27, () => WriteSchema),
        ["items"] = One(30, () => One(1, () => WriteSchema)),
        ["properties"] = One(31, () => Named(1, () => WriteSchema)),
        ["additionalProperties"] = One(32, () => One(1, () => WriteSchema)),
        ["default"] = WriteDefault,
        ["description"] = Text(34),
        ["format"] = Text(35),
    };

    private static readonly GnosticMessage Parameter = new(14)
    {
        ["name"] = Text(1),
        ["in"] = Text(2),
        ["description"] = Text(3),
        ["required"] = Flag(4),
        ["schema"] = One(10, () => WriteSchema),
    };

    private static readonly GnosticMessage MediaType = new(5) { ["schema"] = One(1, () => WriteSchema) };

    private static readonly GnosticMessage RequestBody = new(4)
    {
        ["content"] = One(2, () => Named(1, () => MediaType.Write)),
        ["required"] = Flag(3),
    };

    private static readonly GnosticMessage Response = new(5)
    {
        ["description"] = Text(1),
        ["content"] = One(3, () => Named(1, () => MediaType.Write)),
    };

    private static readonly GnosticMessage Operation = new(13)
    {
        ["tags"] = Texts(1),
        ["description"] = Text(3),
        ["operationId"] = Text(5),
        ["parameters"] = Many(6, () => One(1, () => Parameter.Write)),
        ["requestBody"] = One(7, () => One(1, () => RequestBody.Write)),
        ["responses"] = One(8, () => Named(2, () => One(1, () => Response.Write))),
    };

    private static readonly GnosticMessage PathItem = new(14)
    {
        ["get"] = One(4, () => Operation.Write),
        ["put"] = One(5, () => Operation.Write),
        ["post"] = One(6, () => Operation.Write),
        ["delete"] = One(7, () => Operation.Write),
        ["options"] = One(8, () => Operation.Write),
        ["head"] = One(9, () => Operation.Write),
        ["patch"] = One(10, () => Operation.Write),
        ["parameters"] = Many(13, () => One(1, () => Parameter.Write)),
    };

    private static readonly GnosticMessage SecurityScheme = new(9)
    {
        ["type"] = Text(1),
        ["description"] = Text(2),
        ["name"] = Text(3),
        ["in"] = Text(4),
    };

    private static readonly GnosticMessage Components = new(10)
    {
        ["schemas"] = One(1, () => Named(1, () => WriteSchema)),
        ["securitySchemes"] = One(7, () => Named(1, () => One(1, () => SecurityScheme.Write))),
    };

    private static readonly GnosticMessage Info = new(7) { ["title"] = Text(1), ["version"] = Text(6) };

    private static readonly GnosticMessage Document = new(9)
    {
        ["openapi"] = Text(1),
        ["info"] = One(2, () => Info.Write),
        ["paths"] = One(4, () => Named(1, () => PathItem.Write)),
        ["components"] = One(5, () => Components.Write),
    };

    public static byte[] FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new ProtoWriter();
        Document.Write(writer, document.RootElement);
        return writer.ToArray();
    }

    /// <summary>SchemaOrReference: a schema (1) or a reference (2).</summary>
    private static void WriteSchema(ProtoWriter writer, JsonElement value)
    {
        if (value.TryGetProperty("$ref", out _))
            One(2, () => Reference.Write)(writer, value);
        else
            One(1, () => Schema.Write)(writer, value);
    }

    /// <summary>DefaultType: a number (1), a flag (2) or a text (3); an empty object has no form here.</summary>
    private static void WriteDefault(ProtoWriter writer, JsonElement value)
    {
        var mark = value.ValueKind == JsonValueKind.Object ? -1 : writer.BeginMessage(33);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                writer.WriteDouble(1, value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBool(2, value.GetBoolean());
                break;
            case JsonValueKind.String:
                writer.WriteString(3, value.GetString());
                break;
        }

        if (mark >= 0)
            writer.EndMessage(mark);
    }
}
