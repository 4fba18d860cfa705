using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.ApiServer.Authentication.Tokens;

namespace Sampan.ApiServer.Authentication.Reviews;

/// <summary>Tells other servers whose a token is: POST …/tokenreviews.</summary>
internal sealed class TokenReviews(ITokenAuthenticator tokens, IReadOnlyList<string> apiAudiences)
{
    public async ValueTask<TokenReview> CreateAsync(TokenReview review, CancellationToken cancellationToken)
    {
        if (review.Spec.Token.Length == 0)
            throw StatusException.BadRequest("token is required for TokenReview in authentication");
        var answer = review.DeepClone();
        answer.Status = await StatusOfAsync(review.Spec, cancellationToken);
        return answer;
    }

    private async ValueTask<TokenReviewStatus> StatusOfAsync(TokenReviewSpec spec, CancellationToken cancellationToken)
    {
        var asked = spec.Audiences is { Count: > 0 } audiences ? audiences : apiAudiences;
        try
        {
            var result = await tokens.AuthenticateAsync(spec.Token, asked, cancellationToken);
            return result is null
                ? new TokenReviewStatus()
                : new TokenReviewStatus { Authenticated = true, User = Users.ToApi(result.User), Audiences = [.. result.Audiences] };
        }
        catch (TokenException e)
        {
            return new TokenReviewStatus { Error = $"[invalid bearer token, {e.Message}]" };
        }
    }
}
