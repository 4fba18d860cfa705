using System.Text.Json;
using Sampan.Api.Codec;
using static Sampan.ApiServer.OpenApi.GnosticMessage;

namespace Sampan.ApiServer.OpenApi;

/// <summary>A Swagger 2.0 document as protobuf (openapi.v2.Document), which older clients ask for.</summary>
internal static class GnosticV2
{
    private static readonly GnosticMessage Schema = new(31)
    {
        ["$ref"] = Text(1),
        ["format"] = Text(2),
        ["description"] = Text(4),
        ["default"] = Any(5),
        ["required"] = Texts(19),
        ["additionalProperties"] = One(21, () => One(1, () => Schema!.Write)),
        ["type"] = One(22, () => Text(1)),
        ["items"] = One(23, () => One(1, () => Schema!.Write)),
        ["properties"] = One(25, () => Named(1, () => Schema!.Write)),
    };

    private static readonly GnosticMessage BodyParameter = new(6)
    {
        ["description"] = Text(1),
        ["name"] = Text(2),
        ["in"] = Text(3),
        ["required"] = Flag(4),
        ["schema"] = One(5, () => Schema.Write),
    };

    private static readonly GnosticMessage QueryParameter = new(23)
    {
        ["required"] = Flag(1),
        ["in"] = Text(2),
        ["description"] = Text(3),
        ["name"] = Text(4),
        ["type"] = Text(6),
        ["uniqueItems"] = Flag(20),
    };

    private static readonly GnosticMessage PathParameter = new(22)
    {
        ["required"] = Flag(1),
        ["in"] = Text(2),
        ["description"] = Text(3),
        ["name"] = Text(4),
        ["type"] = Text(5),
        ["uniqueItems"] = Flag(19),
    };

    private static readonly GnosticMessage Reference = new(0) { ["$ref"] = Text(1) };

    private static readonly GnosticMessage Response = new(5)
    {
        ["description"] = Text(1),
        ["schema"] = One(2, () => One(1, () => Schema.Write)),
    };

    private static readonly GnosticMessage Operation = new(13)
    {
        ["tags"] = Texts(1),
        ["description"] = Text(3),
        ["operationId"] = Text(5),
        ["produces"] = Texts(6),
        ["consumes"] = Texts(7),
        ["parameters"] = Many(8, () => WriteParameterOrReference),
        ["responses"] = One(9, () => Named(1, () => One(1, () => Response.Write))),
        ["schemes"] = Texts(10),
    };

    private static readonly GnosticMessage PathItem = new(10)
    {
        ["get"] = One(2, () => Operation.Write),
        ["put"] = One(3, () => Operation.Write),
        ["post"] = One(4, () => Operation.Write),
        ["delete"] = One(5, () => Operation.Write),
        ["options"] = One(6, () => Operation.Write),
        ["head"] = One(7, () => Operation.Write),
        ["patch"] = One(8, () => Operation.Write),
        ["parameters"] = Many(9, () => WriteParameterOrReference),
    };

    private static readonly GnosticMessage ApiKey = new(5)
    {
        ["type"] = Text(1),
        ["name"] = Text(2),
        ["in"] = Text(3),
        ["description"] = Text(4),
    };

    private static readonly GnosticMessage Info = new(7) { ["title"] = Text(1), ["version"] = Text(2) };

    private static readonly GnosticMessage Document = new(16)
    {
        ["swagger"] = Text(1),
        ["info"] = One(2, () => Info.Write),
        ["paths"] = One(8, () => Named(2, () => PathItem.Write)),
        ["definitions"] = One(9, () => Named(1, () => Schema.Write)),
        ["parameters"] = One(10, () => Named(1, () => WriteParameter)),
        ["security"] = Many(12, () => Named(1, () => Texts(1))),
        ["securityDefinitions"] = One(13, () => Named(1, () => One(2, () => ApiKey.Write))),
    };

    public static byte[] FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new ProtoWriter();
        Document.Write(writer, document.RootElement);
        return writer.ToArray();
    }

    /// <summary>ParametersItem: a parameter (1) or a reference (2).</summary>
    private static void WriteParameterOrReference(ProtoWriter writer, JsonElement value)
    {
        if (value.TryGetProperty("$ref", out _))
            One(2, () => Reference.Write)(writer, value);
        else
            One(1, () => WriteParameter)(writer, value);
    }

    /// <summary>Parameter: a body's (1), or one (2) of the query (3) or the path (4).</summary>
    private static void WriteParameter(ProtoWriter writer, JsonElement value)
    {
        switch (value.GetProperty("in").GetString())
        {
            case "body":
                One(1, () => BodyParameter.Write)(writer, value);
                break;
            case "query":
                One(2, () => One(3, () => QueryParameter.Write))(writer, value);
                break;
            default:
                One(2, () => One(4, () => PathParameter.Write))(writer, value);
                break;
        }
    }
}
