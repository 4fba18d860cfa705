namespace Sampan.ApiServer.Http.Filters;

/// <summary>Reads the request's path and marks the requests that last.</summary>
internal sealed class RequestInfoFilter : IRequestFilter
{
    public Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        request.Info = RequestInfoResolver.Resolve(request.Http.Request);
        request.IsLongRunning = IsLongRunning(request.Info);
        return next(request);
    }

    private static bool IsLongRunning(RequestInfo info) =>
        info.IsResourceRequest
            ? info.Verb is "watch" or "proxy" || info.Subresource is "attach" or "exec" or "proxy" or "log" or "portforward"
            : info.Path.StartsWith("/debug/pprof/", StringComparison.Ordinal);
}
