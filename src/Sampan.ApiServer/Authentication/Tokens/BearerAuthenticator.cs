using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>The user of <c>Authorization: Bearer …</c>, or of a WebSocket handshake that carries its token as a subprotocol.</summary>
internal sealed class BearerAuthenticator(
    ITokenAuthenticator tokens, IReadOnlyList<string> audiences, ILogger<BearerAuthenticator> logger) : IAuthenticator
{
    private const string Scheme = "Bearer ";
    private const string ProtocolPrefix = "base64url.bearer.authorization.k8s.io.";

    public async ValueTask<UserInfo?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var token = FromHeader(context.Request) ?? FromProtocols(context.Request);
        if (token is null)
            return null;
        try
        {
            if (await tokens.AuthenticateAsync(token, audiences, cancellationToken) is { } result)
                return result.User;
        }
        catch (TokenException e)
        {
            logger.LogDebug("Refused a bearer token: {Reason}", e.Message);
        }

        throw StatusException.Unauthorized("Unauthorized");
    }

    private static string? FromHeader(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString().Trim();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = header[Scheme.Length..].Trim();
        return token.Length == 0 ? null : token;
    }

    /// <summary>
    /// A browser cannot set headers on a WebSocket: it offers the token as a subprotocol, encoded, beside a real one.
    /// The offer is taken out, so that the server never echoes it.
    /// </summary>
    private static string? FromProtocols(HttpRequest request)
    {
        if (!request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase))
            return null;
        var offers = request.Headers.SecWebSocketProtocol.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var offer = offers.FirstOrDefault(o => o.StartsWith(ProtocolPrefix, StringComparison.Ordinal));
        if (offer is null || offers.Length < 2 || !Base64Url.IsValid(offer.AsSpan(ProtocolPrefix.Length)))
            return null;
        request.Headers.SecWebSocketProtocol = string.Join(", ", offers.Where(o => o != offer));
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(offer.AsSpan(ProtocolPrefix.Length)));
    }
}
