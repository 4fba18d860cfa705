using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Authorization;

/// <summary>Members of <c>system:masters</c> may do anything; then each authorizer is asked until one decides.</summary>
internal sealed class AuthorizerChain(params IReadOnlyList<IAuthorizer> authorizers) : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken) =>
        attributes.User.IsInGroup(UserNames.MastersGroup)
            ? ValueTask.FromResult(Decision.Allow())
            : AskAsync(attributes, cancellationToken);

    private async ValueTask<Decision> AskAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken)
    {
        List<string>? reasons = null;
        foreach (var authorizer in authorizers)
        {
            var decision = await authorizer.AuthorizeAsync(attributes, cancellationToken);
            if (decision.Kind != DecisionKind.NoOpinion)
                return decision;
            if (decision.Reason.Length > 0)
                (reasons ??= []).Add(decision.Reason);
        }

        return Decision.NoOpinion(reasons is null ? "" : string.Join('\n', reasons));
    }
}
