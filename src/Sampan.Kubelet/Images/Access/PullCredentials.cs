using System.Text.Json.Serialization;

namespace Sampan.Kubelet.Images.Access;

/// <summary>The logins that the registry accepted; none were needed where every pod of the node may use the image.</summary>
internal sealed record PullCredentials
{
    public static readonly PullCredentials Everybody = new() { NodePodsAccessible = true };

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NodePodsAccessible { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PullSecret>? KubernetesSecrets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PullAccount>? KubernetesServiceAccounts { get; init; }

    /// <summary>Whether others let nobody in that these do not.</summary>
    public bool Covers(PullCredentials other) => NodePodsAccessible || (!other.NodePodsAccessible
        && !(other.KubernetesSecrets ?? []).Except(KubernetesSecrets ?? []).Any()
        && !(other.KubernetesServiceAccounts ?? []).Except(KubernetesServiceAccounts ?? []).Any());

    public static PullCredentials Of(RegistryCredential? used) => used switch
    {
        { Source: { IsServiceAccount: true } account } => new() { KubernetesServiceAccounts = [new(account.Uid, account.Namespace, account.Name)] },
        { Source: { } secret } => new() { KubernetesSecrets = [new(secret.Uid, secret.Namespace, secret.Name, used.Hash)] },
        _ => Everybody,
    };
}
