using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Answers with one object, in the form the client asked for.</summary>
internal static class ObjectAnswer
{
    private const string About = "About to write a response";

    public static ValueTask WriteAsync(ApiRequest request, ResourceDescriptor resource, CachedObject stored, int code = StatusCodes.Status200OK)
    {
        Spans.Event(About);
        var served = resource.Serve(stored);
        if (request.Loopback is { } loopback)
        {
            loopback.Answer(served.Object, code);
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request).ForObject(resource.Kind);
        if (format.View == ObjectView.Table)
        {
            return TableAsync(request, format, resource.Kind, served.Object, code);
        }
        var isPartial = format.View == ObjectView.PartialMetadata;
        if (isPartial)
        {
            served = ObjectForms.Partial(served, format.ViewVersion);
        }
        return format.Format == WireFormat.Protobuf
            ? AnswerWriter.BytesAsync(
                request.Http, isPartial ? ObjectForms.PartialProtobuf(served, format.ViewVersion) : ObjectForms.Protobuf(served), MediaTypes.Protobuf, code)
            : AnswerWriter.JsonAsync(request.Http, format, served.Json, code);
    }

    /// <summary>Answers with an object that is no resource: a Status, a Scale, a TokenRequest.</summary>
    public static ValueTask WriteAsync(ApiRequest request, ITyped value, int code = StatusCodes.Status200OK)
    {
        Spans.Event(About);
        if (request.Loopback is { } loopback)
        {
            loopback.Answer(value, code);
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request);
        return format.View == ObjectView.Table && value is Scale scale
            ? TableAsync(request, format, Scale.Info, scale, code)
            : AnswerWriter.WriteAsync(request.Http, format with { View = ObjectView.None }, value, code);
    }

    private static ValueTask TableAsync(ApiRequest request, AnswerFormat format, KindInfo kind, IObject obj, int code) => AnswerWriter.JsonAsync(
        request.Http, format, TableAnswer.One(request, format, kind, obj, new ListMeta { ResourceVersion = obj.Metadata.ResourceVersion }), code);
}
