using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// Verifies service account tokens. The signature is checked once per token and kept in a bounded cache;
/// time and the objects that the token is bound to are checked at every use.
/// </summary>
internal sealed class ServiceAccountAuthenticator(
    ServiceAccountOptions options, IObjectSource objects, SecretTokenUses uses, TimeProvider time, ILogger<ServiceAccountAuthenticator> logger)
    : ITokenAuthenticator
{
    private const int CacheCapacity = 4096;
    private const string CredentialId = "authentication.kubernetes.io/credential-id";

    private readonly BoundTokenCheck _check = new(objects, uses, time);
    private readonly BoundedCache<TokenHash, ServiceAccountClaims> _verified = new(CacheCapacity);

    public ValueTask<TokenResult?> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(token);
        var claims = _verified.Find(hash) ?? Verify(token, hash);
        if (claims is null)
            return ValueTask.FromResult<TokenResult?>(null);
        var matched = MatchAudiences(claims, audiences);
        _check.Verify(claims, token);
        if (claims.WarnAfter < time.GetUtcNow())
            logger.LogDebug("A token of {Subject} is used after it should have been renewed", claims.Subject);
        return ValueTask.FromResult<TokenResult?>(new TokenResult(UserOf(claims), matched));
    }

    /// <summary>Null when the token is not one of ours: not signed, or of another issuer.</summary>
    private ServiceAccountClaims? Verify(string token, TokenHash hash)
    {
        if (JsonWebToken.Parse(token) is not { } parsed || ClaimsReader.Read(parsed.Payload) is not { } claims)
            return null;
        if (claims.Issuer != ClaimsReader.SecretTokenIssuer && !options.Issuers.Contains(claims.Issuer))
            return null;
        if (!options.PublicKeys.OrderByDescending(k => k.Id == parsed.KeyId).Any(k => k.Verifies(parsed)))
            throw new TokenException("invalid bearer token");
        _verified.Add(hash, claims);
        return claims;
    }

    /// <summary>A token without audiences, as Secrets hold them, is for the API server.</summary>
    private List<string> MatchAudiences(ServiceAccountClaims claims, IReadOnlyList<string> asked)
    {
        var tokenAudiences = claims.Audiences.Count > 0 ? claims.Audiences : options.ApiAudiences;
        if (asked.Count == 0)
            asked = options.ApiAudiences;
        var matched = asked.Where(tokenAudiences.Contains).ToList();
        if (matched.Count == 0)
        {
            throw new TokenException(
                $"token audiences {GoList.Quote(tokenAudiences)} is invalid for the target audiences {GoList.Quote(asked)}");
        }

        return matched;
    }

    private static UserInfo UserOf(ServiceAccountClaims claims)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>();
        if (claims.Id.Length > 0)
            extra[CredentialId] = [$"JTI={claims.Id}"];
        Describe(extra, "authentication.kubernetes.io/node-", claims.Node);
        Describe(extra, "authentication.kubernetes.io/pod-", claims.Pod);
        return new UserInfo(
            claims.Subject, UserNames.ServiceAccountGroups(claims.Namespace), claims.ServiceAccount.Uid, extra).Authenticated();
    }

    private static void Describe(Dictionary<string, IReadOnlyList<string>> extra, string prefix, ObjectName? name)
    {
        if (name is null)
            return;
        extra[prefix + "name"] = [name.Name];
        if (name.Uid.Length > 0)
            extra[prefix + "uid"] = [name.Uid];
    }
}
