using Sampan.Api;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Finds the user, unless the transport already vouches for one (the loopback).</summary>
internal sealed class AuthenticationFilter(IAuthenticator authenticator) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (!request.IsAuthenticated)
        {
            request.User = await authenticator.AuthenticateAsync(request.Http, request.Cancelled) ?? throw StatusException.Unauthorized();
            request.IsAuthenticated = true;
        }
        await next(request);
    }
}
