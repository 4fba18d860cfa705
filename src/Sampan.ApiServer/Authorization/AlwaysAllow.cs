namespace Sampan.ApiServer.Authorization;

/// <summary><c>--authorization-mode=AlwaysAllow</c>.</summary>
internal sealed class AlwaysAllow : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Decision.Allow());
}
