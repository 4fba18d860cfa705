namespace Sampan.ApiServer;

/// <summary>How the server decides what users may do.</summary>
public sealed class AuthorizationOptions
{
    /// <summary>Every request is allowed; for tests.</summary>
    public bool AlwaysAllow { get; init; }

    /// <summary>Writes the default roles and bindings at the start.</summary>
    public bool EnsureDefaultPolicy { get; init; } = true;
}
