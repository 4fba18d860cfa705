using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ClusterTrustBundleProjection")]
public sealed partial class ClusterTrustBundleProjection : IApiType<ClusterTrustBundleProjection>
{
    [Field("name", 1, Pointer = true)]
    public string? Name { get; set; }

    [Field("signerName", 2, Pointer = true)]
    public string? SignerName { get; set; }

    [Field("labelSelector", 3)]
    public LabelSelector? LabelSelector { get; set; }

    [Field("optional", 5)]
    public bool? Optional { get; set; }

    [Field("path", 4, Required = true)]
    public string Path { get; set; } = "";
}
