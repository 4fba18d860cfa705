using System.Globalization;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Reads DeleteOptions from the body, or from the query when there is no body.</summary>
internal static class DeleteParameters
{
    private static readonly string[] Policies = ["Foreground", "Background", "Orphan", ""];

    public static async ValueTask<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var options = request.Loopback is { } loopback
            ? (loopback.Body as DeleteOptions)?.DeepClone() ?? FromQuery(request)
            : await FromBodyAsync(request);
        var errors = Validate(options);
        return errors.Count == 0 ? options : throw StatusException.Invalid(new GroupKind("meta.k8s.io", "DeleteOptions"), "", errors);
    }

    private static async ValueTask<DeleteOptions> FromBodyAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request.Http.Request, request.Cancelled);
        if (body.IsEmpty)
        {
            return FromQuery(request);
        }
        // Clients send DeleteOptions in whatever group they are talking to; only the kind counts.
        var json = Http.Negotiation.MediaTypes.Essence(request.Http.Request.ContentType) switch
        {
            Http.Negotiation.MediaTypes.Protobuf => default,
            Http.Negotiation.MediaTypes.Yaml => YamlTree.ToJson(body.Span),
            _ => body,
        };
        try
        {
            return json.IsEmpty ? FromProtobuf(body) : JsonCodec.Decode<DeleteOptions>(json.Span);
        }
        catch (FormatException complaint)
        {
            throw StatusException.BadRequest($"couldn't get version/kind; json parse error: {complaint.Message}");
        }
    }

    private static DeleteOptions FromProtobuf(ReadOnlyMemory<byte> body)
    {
        var reader = new ProtoReader(ProtoEnvelope.Read(body.Span).Raw);
        return DeleteOptions.ReadProto(ref reader);
    }

    private static DeleteOptions FromQuery(ApiRequest request) => new()
    {
        GracePeriodSeconds = Number(request.Query["gracePeriodSeconds"].ToString()),
        PropagationPolicy = request.Query["propagationPolicy"].ToString() is { Length: > 0 } policy ? policy : null,
        OrphanDependents = request.Query["orphanDependents"].ToString() switch
        {
            "" => null,
            "true" or "1" => true,
            _ => false,
        },
    };

    private static FieldErrors Validate(DeleteOptions options)
    {
        var errors = new FieldErrors();
        var path = FieldPath.Of("propagationPolicy");
        if (options.OrphanDependents is not null && options.PropagationPolicy is not null)
        {
            errors.Invalid(path, options.PropagationPolicy, "orphanDependents and deletionPropagation cannot be both set");
        }
        if (options.PropagationPolicy is { } policy && !Policies.Contains(policy))
        {
            errors.NotSupported(path, policy, "Foreground", "Background", "Orphan", "nil");
        }
        return errors;
    }

    private static long? Number(string text) =>
        text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw StatusException.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
}
