namespace Sampan.Kubelet.Images.Access;

/// <summary>The object that a login came from: a secret or a service account.</summary>
internal sealed record PullSource(string Uid, string Namespace, string Name, bool IsServiceAccount = false);
