namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>A good token: its user, and which of the asked audiences it is for.</summary>
internal sealed record TokenResult(UserInfo User, IReadOnlyList<string> Audiences);
