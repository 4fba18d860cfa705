namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>A service account's token for a pod.</summary>
internal sealed record IssuedToken(string Token, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt);
