using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Authentication;

/// <summary>
/// Asks every authenticator in turn. Wrong credentials of one kind do not spoil good ones of another;
/// when no credentials are good, the wrong ones decide. A request without any is anonymous, if that is allowed.
/// </summary>
internal sealed class RequestAuthenticator(IReadOnlyList<IAuthenticator> authenticators, bool allowAnonymous) : IAuthenticator
{
    public async ValueTask<UserInfo?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        StatusException? refusal = null;
        foreach (var authenticator in authenticators)
        {
            try
            {
                if (await authenticator.AuthenticateAsync(context, cancellationToken) is { } user)
                {
                    context.Request.Headers.Remove("Authorization");
                    return user.Authenticated();
                }
            }
            catch (StatusException e)
            {
                refusal ??= e;
            }
        }

        if (refusal is not null)
            throw refusal;
        return allowAnonymous ? UserInfo.Anonymous : null;
    }
}
