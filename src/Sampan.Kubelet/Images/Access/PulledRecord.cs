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
