namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>The object that a token is bound to.</summary>
internal sealed record ObjectName(string Name, string Uid);
