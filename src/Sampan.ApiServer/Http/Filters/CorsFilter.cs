using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Lets browsers show answers to pages of the allowed origins, and answers what browsers ask before such a request: that question
/// carries no credentials. Upstream: staging/src/k8s.io/apiserver/pkg/server/filters/cors.go.
/// </summary>
internal sealed class CorsFilter(IReadOnlyList<Regex> origins) : IRequestFilter
{
    private const string Methods = "POST, GET, OPTIONS, PUT, DELETE, PATCH";
    private const string RequestHeaders = "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since";

    public Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var http = request.Http;
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !origins.Any(allowed => allowed.IsMatch(origin)))
        {
            return next(request);
        }
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlExposeHeaders = "Date";
        headers.AccessControlAllowCredentials = "true";
        if (!HttpMethods.IsOptions(http.Request.Method))
        {
            return next(request);
        }
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
