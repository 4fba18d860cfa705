namespace Sampan.ApiServer.Authorization;

/// <summary><c>--authorization-mode=AlwaysDeny</c>: only <c>system:masters</c> gets through.</summary>
internal sealed class AlwaysDeny : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Decision.NoOpinion("Everything is forbidden."));
}
