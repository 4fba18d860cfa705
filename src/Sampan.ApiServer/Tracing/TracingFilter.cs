using System.Diagnostics;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Tracing;

/// <summary>Makes a span of each request that is sampled, below the client's own if it sends one.</summary>
internal sealed class TracingFilter(ActivitySource source) : IRequestFilter
{
    public Task InvokeAsync(ApiRequest request, RequestHandler next) => source.HasListeners() ? TraceAsync(request, next) : next(request);

    private async Task TraceAsync(ApiRequest request, RequestHandler next)
    {
        using var span = source.StartActivity(NameOf(request), ActivityKind.Server, ParentOf(request));
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, request);
        }
        try
        {
            await next(request);
            var code = request.Loopback?.StatusCode ?? request.Http.Response.StatusCode;
            span?.SetTag("http.response.status_code", code);
            span?.SetStatus(code >= 500 ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        }
        catch (Exception failure)
        {
            span?.SetTag("http.response.status_code", (failure as Api.StatusException)?.Code ?? 500);
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
            throw;
        }
    }

    private static void Describe(Activity span, ApiRequest request)
    {
        var http = request.Http.Request;
        span
            .SetTag("http.request.method", http.Method)
            .SetTag("http.target", $"{http.Path}{http.QueryString}")
            .SetTag("url.path", request.Info.Path)
            .SetTag("user_agent.original", http.Headers.UserAgent.ToString())
            .SetTag(Spans.AuditId, request.AuditId);
    }

    private static ActivityContext ParentOf(ApiRequest request)
    {
        var headers = request.Http.Request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent) ? parent : default;
    }

    /// <summary>GET /api/v1/namespaces/{:namespace}/pods/{:name}: alike for alike requests. What is no resource has the method alone.</summary>
    private static string NameOf(ApiRequest request)
    {
        var info = request.Info;
        if (!info.IsResourceRequest)
        {
            return request.Http.Request.Method;
        }
        var group = info.ApiGroup.Length == 0 ? $"/{info.ApiPrefix}/{info.ApiVersion}" : $"/{info.ApiPrefix}/{info.ApiGroup}/{info.ApiVersion}";
        var ns = info.Namespace.Length == 0 ? "" : "/namespaces/{:namespace}";
        var name = info.Name.Length == 0 ? "" : "/{:name}";
        var subresource = info.Subresource.Length == 0 ? "" : $"/{info.Subresource}";
        return $"{request.Http.Request.Method} {group}{ns}/{info.Resource}{name}{subresource}";
    }
}
