namespace Sampan.Api.Core.V1;

/// <summary>A container image that a node has on its disk.</summary>
[ApiType("io.k8s.api.core.v1.ContainerImage")]
public sealed partial class ContainerImage : IApiType<ContainerImage>
{
    /// <summary>Tags and digests that the node knows the image by.</summary>
    [Field("names", 1, ListType = "atomic")]
    public List<string>? Names { get; set; }

    /// <summary>Space the image takes, in bytes.</summary>
    [Field("sizeBytes", 2)]
    public long SizeBytes { get; set; }
}
