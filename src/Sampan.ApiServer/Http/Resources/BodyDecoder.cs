using System.Text;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Turns a request body into a typed object, with upstream's complaints.</summary>
internal static class BodyDecoder
{
    private const int SummaryLength = 30;

    public static async ValueTask<ITyped> ReadAsync(ApiRequest request, KindInfo kind)
    {
        var bytes = await RequestBody.ReadAsync(request);
        Spans.Event("About to convert to expected version");
        var value = Decode(bytes, request.Http.Request.ContentType, kind, Validation(request), request.Warn);
        Spans.Event("Conversion done");
        return value;
    }

    /// <summary>The fieldValidation parameter; Warn when it is absent.</summary>
    public static FieldValidation Validation(ApiRequest request) => request.Query.Text("fieldValidation") switch
    {
        "Strict" => FieldValidation.Strict,
        "Ignore" => FieldValidation.Ignore,
        _ => FieldValidation.Warn,
    };

    public static ITyped Decode(
        ReadOnlyMemory<byte> bytes, string? contentType, KindInfo kind, FieldValidation validation, Action<string> warn) =>
        MediaTypes.Essence(contentType) switch
        {
            "" or MediaTypes.Json => Json(bytes, bytes, kind, new JsonReadContext(validation), warn),
            MediaTypes.Yaml => Yaml(bytes, kind, new JsonReadContext(validation), warn),
            MediaTypes.Protobuf => Protobuf(bytes, kind),
            _ => throw StatusException.UnsupportedMediaType(MediaTypes.Accepted),
        };

    private static ITyped Yaml(ReadOnlyMemory<byte> yaml, KindInfo kind, JsonReadContext context, Action<string> warn)
    {
        byte[] json;
        try
        {
            json = YamlTree.ToJson(yaml.Span, context);
        }
        catch (FormatException complaint)
        {
            throw Unrecognized(kind, yaml, complaint.Message);
        }
        return Json(json, yaml, kind, context, warn);
    }

    private static ITyped Json(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> body, KindInfo kind, JsonReadContext context, Action<string> warn)
    {
        CheckType(json.Span, body, kind);
        ITyped value;
        try
        {
            value = JsonCodec.Decode(kind, json.Span, context);
        }
        catch (FormatException complaint)
        {
            // A text that is no JSON is not recognized at all; JSON of another shape is of its kind and wrong.
            throw JsonSyntax.Error(json.Span) is { } syntax ? Unparsable(kind, body, syntax) : Unreadable(kind, complaint.Message);
        }
        if (context.Validation == FieldValidation.Strict && context.StrictErrors.Count > 0)
        {
            throw Unreadable(kind, $"strict decoding error: {string.Join(", ", context.StrictErrors)}");
        }
        foreach (var error in context.StrictErrors)
        {
            warn(error);
        }
        return value;
    }

    private static ITyped Protobuf(ReadOnlyMemory<byte> bytes, KindInfo kind)
    {
        ProtoEnvelope envelope;
        try
        {
            envelope = ProtoEnvelope.Read(bytes.Span);
        }
        catch (FormatException complaint)
        {
            throw Unrecognized(kind, bytes, complaint.Message);
        }
        Check(envelope.ApiVersion, envelope.Kind, kind);
        try
        {
            var reader = new ProtoReader(envelope.Raw);
            return kind.ReadProto(ref reader);
        }
        catch (FormatException complaint)
        {
            throw Unreadable(kind, complaint.Message);
        }
    }

    /// <summary>A body may leave out its type; one that names it must name the right one.</summary>
    private static void CheckType(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> body, KindInfo kind)
    {
        (string ApiVersion, string Kind) type;
        try
        {
            type = TypePeek.Read(json);
        }
        catch (FormatException complaint)
        {
            throw Unparsable(kind, body, complaint.Message);
        }
        Check(type.ApiVersion, type.Kind, kind);
    }

    private static void Check(string apiVersion, string name, KindInfo kind)
    {
        var given = BodyType.Of(apiVersion, name, kind);
        if (BodyType.Complaint(given, kind) is { } complaint)
        {
            throw StatusException.BadRequest($"{given.Kind} in version \"{given.Version}\" cannot be handled as a {kind.Kind}: {complaint}");
        }
        if (given.ApiVersion != kind.ApiVersion)
        {
            throw StatusException.BadRequest($"the API version in the data ({given.ApiVersion}) does not match the expected API version ({kind.ApiVersion})");
        }
    }

    private static StatusException Unreadable(KindInfo kind, string complaint) =>
        StatusException.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {complaint}");

    private static StatusException Unparsable(KindInfo kind, ReadOnlyMemory<byte> body, string complaint) =>
        Unrecognized(kind, body, $"couldn't get version/kind; json parse error: {complaint}");

    private static StatusException Unrecognized(KindInfo kind, ReadOnlyMemory<byte> body, string complaint) =>
        StatusException.BadRequest($"the object provided is unrecognized (must be of type {kind.Kind}): {complaint} ({Summary(body.Span)})");

    /// <summary>The beginning of a body: as text where it looks like JSON, else as hexadecimal digits.</summary>
    private static string Summary(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "<empty>";
        }
        var shown = body[..Math.Min(body.Length, SummaryLength)];
        var text = body[0] == '{' ? Encoding.UTF8.GetString(shown) : Convert.ToHexStringLower(shown);
        return body.Length > SummaryLength ? $"{text} ..." : text;
    }
}
