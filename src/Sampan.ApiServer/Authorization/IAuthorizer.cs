namespace Sampan.ApiServer.Authorization;

/// <summary>Decides whether a user may do something.</summary>
internal interface IAuthorizer
{
    ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken);
}
