using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Lets a user act as another one, where the authorizer agrees.</summary>
internal sealed class ImpersonationFilter(Impersonation impersonation) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (ImpersonatedUser.Requested(request.Http.Request.Headers) is { } wanted)
        {
            var asked = AuthorizerAttributes.Of(request.User, request.Info);
            (request.User, request.ImpersonationConstraint) = await impersonation.ApplyAsync(wanted, asked, request.Cancelled);
            ImpersonatedUser.Strip(request.Http.Request.Headers);
        }
        await next(request);
    }
}
