using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Tracing;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Reads DeleteOptions from the body, or from the query when there is no body.</summary>
internal static class DeleteParameters
{
    private const string UnsafeOption = "ignoreStoreReadErrorWithClusterBreakingPotential";

    private static readonly GroupKind Kind = new("meta.k8s.io", "DeleteOptions");
    private static readonly FieldPath UnsafePath = FieldPath.Of(UnsafeOption);
    private static readonly string[] Policies = ["Foreground", "Background", "Orphan", ""];

    public static async ValueTask<DeleteOptions> ReadAsync(ApiRequest request)
    {
        var options = request.Loopback is { } loopback
            ? (loopback.Body as DeleteOptions)?.DeepClone() ?? FromQuery(request)
            : await FromBodyAsync(request);
        Check(options, Kind);
        return options;
    }

    /// <summary>Refuses options that contradict each other or are unknown.</summary>
    public static void Check(DeleteOptions options, GroupKind kind) => Refuse(Validate(options), kind);

    /// <summary>What may be asked for one object may be too dangerous for all of them.</summary>
    public static void CheckCollection(DeleteOptions options)
    {
        var errors = new FieldErrors();
        if (options.IgnoreStoreReadErrorWithClusterBreakingPotential == true)
        {
            errors.Invalid(UnsafePath, true, "is not allowed with DELETECOLLECTION, try again after removing the option");
        }
        Refuse(errors, Kind);
    }

    private static async ValueTask<DeleteOptions> FromBodyAsync(ApiRequest request)
    {
        var body = await RequestBody.ReadAsync(request);
        if (body.IsEmpty)
        {
            return FromQuery(request);
        }
        var options = FromBody(body, MediaTypes.Essence(request.Http.Request.ContentType));
        Spans.Event("Decoded delete options");
        return options;
    }

    /// <summary>Clients send DeleteOptions in whatever group they are talking to; only the kind counts.</summary>
    private static DeleteOptions FromBody(ReadOnlyMemory<byte> body, string type)
    {
        try
        {
            return type switch
            {
                MediaTypes.Protobuf => FromProtobuf(body),
                MediaTypes.Yaml => JsonCodec.Decode<DeleteOptions>(YamlTree.ToJson(body.Span)),
                "" or MediaTypes.Json => JsonCodec.Decode<DeleteOptions>(body.Span),
                _ => throw StatusException.UnsupportedMediaType(MediaTypes.Accepted),
            };
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

    private static DeleteOptions FromQuery(ApiRequest request)
    {
        var query = request.Query;
        var dryRun = WriteOptions.DryRun(request);
        return new DeleteOptions
        {
            GracePeriodSeconds = query.Number("gracePeriodSeconds"),
            PropagationPolicy = query.Text("propagationPolicy") is { Length: > 0 } policy ? policy : null,
            OrphanDependents = query.Flag("orphanDependents"),
            IgnoreStoreReadErrorWithClusterBreakingPotential = query.Flag(UnsafeOption),
            DryRun = dryRun.Count > 0 ? [.. dryRun] : null,
        };
    }

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
        WriteOptions.CheckDryRun(options.DryRun.OrEmpty(), errors);
        if (options.IgnoreStoreReadErrorWithClusterBreakingPotential == true)
        {
            CheckUnsafe(options, errors);
        }
        return errors;
    }

    /// <summary>An object that cannot be read any more is deleted without regard to anything; so nothing else may be asked for.</summary>
    private static void CheckUnsafe(DeleteOptions options, FieldErrors errors)
    {
        (bool IsSet, string Name)[] others =
        [
            (options.DryRun.OrEmpty().Count > 0, "dryRun"), (options.PropagationPolicy is not null, "propagationPolicy"),
            (options.OrphanDependents is not null, "orphanDependents"), (options.GracePeriodSeconds is not null, "gracePeriodSeconds"),
            (options.Preconditions is not null, "preconditions"),
        ];
        foreach (var (_, name) in others.Where(other => other.IsSet))
        {
            errors.Invalid(UnsafePath, true, $"cannot be set together with .{name}");
        }
    }

    private static void Refuse(FieldErrors errors, GroupKind kind)
    {
        if (errors.Any)
        {
            throw StatusException.Invalid(kind, "", errors);
        }
    }
}
