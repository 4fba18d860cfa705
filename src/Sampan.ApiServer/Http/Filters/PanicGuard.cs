using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Api;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Names every request and turns what it throws into a Status, so that one bad request harms no other.</summary>
/// <param name="transportSecurity">The Strict-Transport-Security header; null for none.</param>
internal sealed class PanicGuard(ILogger logger, string? transportSecurity = null) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var http = request.Http;
        request.AuditId = AuditIdOf(http.Request);
        http.Response.Headers["Audit-Id"] = request.AuditId;
        http.Response.Headers.CacheControl = "no-cache, private";
        if (transportSecurity is not null)
        {
            http.Response.Headers.StrictTransportSecurity = transportSecurity;
        }
        try
        {
            await next(request);
        }
        catch (StatusException refusal)
        {
            await StatusWriter.WriteAsync(request, refusal.Status);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await StatusWriter.WriteAsync(request, StatusException.RequestEntityTooLarge($"limit is {BodyLimitFilter.Limit}").Status);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody is left to answer.
        }
        catch (ConnectionResetException)
        {
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "{Method} {Path} failed ({AuditId})", http.Request.Method, http.Request.Path, request.AuditId);
            await StatusWriter.WriteAsync(request, StatusException.InternalError(failure.Message).Status);
        }
    }

    private static string AuditIdOf(HttpRequest request)
    {
        var given = request.Headers["Audit-Id"].ToString();
        return given.Length is > 0 and <= 64 ? given : Guid.NewGuid().ToString();
    }
}
