namespace Sampan.Api.Core.V1;

/// <summary>One source of a projected volume; exactly one of the fields is set.</summary>
[ApiType("io.k8s.api.core.v1.VolumeProjection")]
public sealed partial class VolumeProjection : IApiType<VolumeProjection>
{
    /// <summary>Entries of a Secret, each as a file.</summary>
    [Field("secret", 1)]
    public SecretProjection? Secret { get; set; }

    /// <summary>Facts about the pod and its containers.</summary>
    [Field("downwardAPI", 2)]
    public DownwardAPIProjection? DownwardAPI { get; set; }

    /// <summary>Entries of a ConfigMap, each as a file.</summary>
    [Field("configMap", 3)]
    public ConfigMapProjection? ConfigMap { get; set; }

    /// <summary>A token of the pod's service account, renewed in time.</summary>
    [Field("serviceAccountToken", 4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    /// <summary>CA certificates from ClusterTrustBundles, as one PEM file.</summary>
    [Field("clusterTrustBundle", 5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }

    /// <summary>A private key and certificate issued for the pod, renewed in time.</summary>
    [Field("podCertificate", 6)]
    public PodCertificateProjection? PodCertificate { get; set; }
}
