using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Asks some clients over HTTP/2, by chance, to connect anew: behind a balancer they spread over the servers that came later. What runs
/// on the old connection goes on to its end.
/// </summary>
internal sealed class GoAwayFilter(double chance) : IRequestFilter
{
    public Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (chance > 0 && Random.Shared.NextDouble() < chance)
        {
            Ask(request.Http);
        }
        return next(request);
    }

    /// <summary>The client is told to open a new connection for its next request.</summary>
    public static void Ask(HttpContext http)
    {
        if (HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }
}
