using Microsoft.AspNetCore.Http;

using Sampan.Api;
namespace Sampan.ApiServer.Authentication;

/// <summary>Tells who makes a request.</summary>
internal interface IAuthenticator
{
    /// <summary>
    /// The user of the request; null when it carries nothing that this authenticator understands.
    /// Credentials that are understood but wrong throw a StatusException (Unauthorized).
    /// </summary>
    ValueTask<UserInfo?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
