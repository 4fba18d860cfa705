namespace Sampan.ApiServer;

/// <summary>How the server finds out who sends a request.</summary>
public sealed class AuthenticationOptions
{
    public bool AllowAnonymous { get; init; } = true;
}
