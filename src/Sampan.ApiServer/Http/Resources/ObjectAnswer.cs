using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Answers with one object, in the form the client asked for.</summary>
internal static class ObjectAnswer
{
    public static ValueTask WriteAsync(ApiRequest request, ResourceDescriptor resource, CachedObject stored, int code = StatusCodes.Status200OK)
    {
        var served = resource.Serve(stored);
        if (request.Loopback is { } loopback)
        {
            loopback.Answer(served.Object, code);
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request);
        if (format.View == ObjectView.Table)
        {
            var table = TableAnswer.One(request, format, resource, served, new ListMeta { ResourceVersion = served.Object.Metadata.ResourceVersion });
            return AnswerWriter.JsonAsync(request.Http, format, table, code);
        }
        if (format.View == ObjectView.PartialMetadata)
        {
            served = ObjectForms.Partial(served);
        }
        return format.Format == WireFormat.Protobuf
            ? AnswerWriter.BytesAsync(request.Http, ObjectForms.Protobuf(served), MediaTypes.Protobuf, code)
            : AnswerWriter.JsonAsync(request.Http, format, served.Json, code);
    }

    /// <summary>Answers with an object that is no resource: a Status, a Scale, a TokenRequest.</summary>
    public static ValueTask WriteAsync(ApiRequest request, ITyped value, int code = StatusCodes.Status200OK)
    {
        if (request.Loopback is { } loopback)
        {
            loopback.Answer(value, code);
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request) with { View = ObjectView.None };
        return AnswerWriter.WriteAsync(request.Http, format, value, code);
    }
}
