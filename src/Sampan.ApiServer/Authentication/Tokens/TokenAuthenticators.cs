namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>Asks several authenticators in turn; the first that knows the token answers.</summary>
internal sealed class TokenAuthenticators(params IReadOnlyList<ITokenAuthenticator> authenticators) : ITokenAuthenticator
{
    public async ValueTask<TokenResult?> AuthenticateAsync(
        string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken)
    {
        TokenException? refusal = null;
        foreach (var authenticator in authenticators)
        {
            try
            {
                if (await authenticator.AuthenticateAsync(token, audiences, cancellationToken) is { } result)
                    return result;
            }
            catch (TokenException e)
            {
                refusal ??= e;
            }
        }

        return refusal is null ? null : throw new TokenException(refusal.Message, refusal);
    }
}
