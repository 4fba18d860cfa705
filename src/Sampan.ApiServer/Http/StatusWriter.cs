using Microsoft.AspNetCore.Http;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;

namespace Sampan.ApiServer.Http;

/// <summary>Answers with a Status in the negotiated form. An answer that has already begun is cut off instead.</summary>
internal static class StatusWriter
{
    public static async Task WriteAsync(ApiRequest request, Status status)
    {
        var http = request.Http;
        if (request.Loopback is { } loopback)
        {
            loopback.Fail(status);
            return;
        }
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        if (status.Details?.RetryAfterSeconds is > 0 and var seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString();
        }
        var code = status.Code == 0 ? StatusCodes.Status200OK : status.Code;
        await AnswerWriter.WriteAsync(http, AnswerFormat.ForError(http.Request), status, code);
    }
}
