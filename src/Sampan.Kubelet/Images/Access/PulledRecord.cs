using System.Text.Json.Serialization;

namespace Sampan.Kubelet.Images.Access;

/// <summary>An image that this kubelet pulled, and who may therefore use it, by the image's name without tag and digest.</summary>
internal sealed record PulledRecord
{
    public string Kind { get; init; } = "ImagePulledRecord";

    public string ApiVersion { get; init; } = PullRecords.ApiVersion;

    public DateTimeOffset LastUpdatedTime { get; init; }

    public required string ImageRef { get; init; }

    public IReadOnlyDictionary<string, PullCredentials> CredentialMapping { get; init; } = new Dictionary<string, PullCredentials>();
}

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

    public static PullCredentials Of(RegistryCredential? used) => used switch
    {
        { Source: { IsServiceAccount: true } account } => new() { KubernetesServiceAccounts = [new(account.Uid, account.Namespace, account.Name)] },
        { Source: { } secret } => new() { KubernetesSecrets = [new(secret.Uid, secret.Namespace, secret.Name, used.Hash)] },
        _ => Everybody,
    };
}

internal sealed record PullSecret(string Uid, string Namespace, string Name, string CredentialHash)
{
    public bool IsSameObject(PullSecret other) => (Uid, Namespace, Name) == (other.Uid, other.Namespace, other.Name);
}

internal sealed record PullAccount(string Uid, string Namespace, string Name);

/// <summary>A pull that has begun: if the kubelet ends meanwhile, the image counts as pulled by it all the same.</summary>
internal sealed record PullIntent
{
    public string Kind { get; init; } = "ImagePullIntent";

    public string ApiVersion { get; init; } = PullRecords.ApiVersion;

    public required string Image { get; init; }
}
