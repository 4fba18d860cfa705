namespace Sampan.Kubelet.Images.Access;

/// <summary>A service account for which a provider gave the login.</summary>
internal sealed record PullAccount(string Uid, string Namespace, string Name);
