using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Asks some clients of HTTP/2 to connect anew (GOAWAY), so that they spread over the servers behind a load balancer. What they have
/// open goes on; the connection ends when it is idle.
/// </summary>
/// <param name="chance">Of a request, from 0 to 1.</param>
internal sealed class GoawayFilter(double chance, Random random) : IRequestFilter
{
    public Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        var http = request.Http;
        if (request.Loopback is null && HttpProtocol.IsHttp2(http.Request.Protocol) && random.NextDouble() < chance)
        {
            http.Connection.RequestClose();
        }
        return next(request);
    }
}
