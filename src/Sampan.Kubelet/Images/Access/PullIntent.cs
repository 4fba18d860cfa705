namespace Sampan.Kubelet.Images.Access;

/// <summary>A pull that has begun: if the kubelet ends meanwhile, the image counts as pulled by it all the same.</summary>
internal sealed record PullIntent
{
    public string Kind { get; init; } = "ImagePullIntent";

    public string ApiVersion { get; init; } = PullRecords.ApiVersion;

    public required string Image { get; init; }
}
