using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Writes the CA certificates of one or several ClusterTrustBundles into a file of a projected volume.</summary>
[ApiType("io.k8s.api.core.v1.ClusterTrustBundleProjection")]
public sealed partial class ClusterTrustBundleProjection : IApiType<ClusterTrustBundleProjection>
{
    /// <summary>The one bundle to take; excludes a signer name and a label selector.</summary>
    [Field("name", 1, Pointer = true)]
    public string? Name { get; set; }

    /// <summary>Takes all bundles of this signer, merged and without duplicates; excludes a single bundle's name.</summary>
    [Field("signerName", 2, Pointer = true)]
    public string? SignerName { get; set; }

    /// <summary>Narrows a signer's bundles down by label; absent selects none, empty selects all of them.</summary>
    [Field("labelSelector", 3)]
    public LabelSelector? LabelSelector { get; set; }

    /// <summary>If true, the pod starts even when there is no bundle to be found.</summary>
    [Field("optional", 5)]
    public bool? Optional { get; set; }

    /// <summary>File to write the certificates to, relative to the volume.</summary>
    [Field("path", 4, Required = true)]
    public string Path { get; set; } = "";
}
