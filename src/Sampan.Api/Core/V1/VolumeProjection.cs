namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VolumeProjection")]
public sealed partial class VolumeProjection : IApiType<VolumeProjection>
{
    [Field("secret", 1)]
    public SecretProjection? Secret { get; set; }

    [Field("downwardAPI", 2)]
    public DownwardAPIProjection? DownwardAPI { get; set; }

    [Field("configMap", 3)]
    public ConfigMapProjection? ConfigMap { get; set; }

    [Field("serviceAccountToken", 4)]
    public ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    [Field("clusterTrustBundle", 5)]
    public ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }

    [Field("podCertificate", 6)]
    public PodCertificateProjection? PodCertificate { get; set; }
}
