namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>Tells whose a bearer token is.</summary>
internal interface ITokenAuthenticator
{
    /// <summary>
    /// The token's user and those of the audiences that it is for; null when the token is of another kind.
    /// A token of this kind that is not valid throws a <see cref="TokenException"/>.
    /// </summary>
    ValueTask<TokenResult?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken);
}
