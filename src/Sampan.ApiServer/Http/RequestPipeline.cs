using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http;

/// <summary>The filters in their order, ending in the dispatcher. Sockets and the loopback transport both enter here.</summary>
internal sealed class RequestPipeline
{
    private readonly RequestHandler _first;

    public RequestPipeline(IReadOnlyList<IRequestFilter> filters, RequestHandler last)
    {
        var handler = last;
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            var (filter, next) = (filters[i], handler);
            handler = request => filter.InvokeAsync(request, next);
        }
        _first = handler;
    }

    public Task InvokeAsync(HttpContext context) => _first(new ApiRequest(context));

    public Task InvokeAsync(ApiRequest request) => _first(request);
}
