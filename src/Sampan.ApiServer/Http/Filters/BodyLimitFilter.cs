using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Refuses bodies above upstream's 3 MiB before they are read; streams are not bounded.</summary>
internal sealed class BodyLimitFilter : IRequestFilter
{
    public const long Limit = 3 * 1024 * 1024;

    public Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var feature = request.Http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false })
        {
            feature.MaxRequestBodySize = null;
        }
        if (!request.IsLongRunning && request.Http.Request.ContentLength > Limit)
        {
            throw StatusException.RequestEntityTooLarge($"limit is {Limit}");
        }
        return next(request);
    }
}
