using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Turns a request body into a typed object, with upstream's complaints.</summary>
internal static class BodyDecoder
{
    public static async ValueTask<ITyped> ReadAsync(ApiRequest request, KindInfo kind)
    {
        var bytes = await RequestBody.ReadAsync(request.Http.Request, request.Cancelled);
        return Decode(bytes, request.Http.Request.ContentType, kind, Validation(request), request.Warn);
    }

    /// <summary>The fieldValidation parameter; Warn when it is absent.</summary>
    public static FieldValidation Validation(ApiRequest request)
    {
        var text = request.Query["fieldValidation"].ToString();
        return text switch
        {
            "" or "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            "Ignore" => FieldValidation.Ignore,
            _ => throw UnknownValidation(text),
        };
    }

    public static ITyped Decode(
        ReadOnlyMemory<byte> bytes, string? contentType, KindInfo kind, FieldValidation validation, Action<string> warn)
    {
        try
        {
            return MediaTypes.Essence(contentType) switch
            {
                "" or MediaTypes.Json => Json(bytes, kind, validation, warn),
                MediaTypes.Yaml => Json(YamlTree.ToJson(bytes.Span), kind, validation, warn),
                MediaTypes.Protobuf => Protobuf(bytes, kind),
                _ => throw StatusException.UnsupportedMediaType(MediaTypes.Accepted),
            };
        }
        catch (FormatException complaint)
        {
            throw Unreadable(kind, complaint.Message);
        }
    }

    private static ITyped Json(ReadOnlyMemory<byte> json, KindInfo kind, FieldValidation validation, Action<string> warn)
    {
        CheckType(json.Span, kind);
        var context = new JsonReadContext(validation);
        var value = JsonCodec.Decode(kind, json.Span, context);
        if (context.StrictErrors.Count == 0)
        {
            return value;
        }
        if (validation == FieldValidation.Strict)
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
        var envelope = ProtoEnvelope.Read(bytes.Span);
        Check(envelope.ApiVersion, envelope.Kind, kind);
        var reader = new ProtoReader(envelope.Raw);
        return kind.ReadProto(ref reader);
    }

    /// <summary>A body may leave out its type; one that names it must name the right one.</summary>
    private static void CheckType(ReadOnlySpan<byte> json, KindInfo kind)
    {
        var (version, name) = TypePeek.Read(json);
        Check(version, name, kind);
    }

    private static void Check(string apiVersion, string name, KindInfo kind)
    {
        if (apiVersion.Length > 0 && apiVersion != kind.ApiVersion)
        {
            throw StatusException.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({kind.ApiVersion})");
        }
        if (name.Length > 0 && name != kind.Kind)
        {
            var found = GroupVersionKind.FromApiVersion(apiVersion.Length > 0 ? apiVersion : kind.ApiVersion, name);
            throw StatusException.BadRequest(
                $"{found.Kind} in version \"{found.Version}\" cannot be handled as a {kind.Kind}: converting ({found.ApiVersion}.{found.Kind}) to ({kind.ApiVersion}.{kind.Kind}): unknown conversion");
        }
    }

    private static StatusException Unreadable(KindInfo kind, string complaint) =>
        StatusException.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {complaint}");

    private static StatusException UnknownValidation(string text)
    {
        var errors = new FieldErrors();
        errors.NotSupported(FieldPath.Of("fieldValidation"), text, "", "Ignore", "Strict", "Warn");
        return StatusException.Invalid(new GroupKind("meta.k8s.io", "CreateOptions"), "", errors);
    }
}
