namespace Sampan.Kubelet.Images.Access;

/// <summary>A pull secret, and the login that it held.</summary>
internal sealed record PullSecret(string Uid, string Namespace, string Name, string CredentialHash)
{
    public bool IsSameObject(PullSecret other) => (Uid, Namespace, Name) == (other.Uid, other.Namespace, other.Name);
}
