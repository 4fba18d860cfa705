using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>Lets a user act as another one, where the authorizer agrees.</summary>
internal sealed class ImpersonationFilter(Impersonation impersonation) : IRequestFilter
{
    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        request.User = await impersonation.ApplyAsync(request.Http, request.User, request.Cancelled);
        await next(request);
    }
}
