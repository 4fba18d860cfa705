using Sampan.Api.Meta.V1;

namespace Sampan.Api.Certificates.V1Beta1;

/// <summary>A kubelet's request for a certificate on behalf of a pod that mounts one.</summary>
[ApiType("io.k8s.api.certificates.v1beta1.PodCertificateRequest")]
[Kind("certificates.k8s.io", "v1beta1", Plural = "podcertificaterequests", Singular = "podcertificaterequest", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PodCertificateRequest : IObject<PodCertificateRequest>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Pod, key and signer; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public PodCertificateRequestSpec Spec { get; set; } = new();

    /// <summary>The signer's decision, and the certificate if it was issued.</summary>
    [Field("status", 3)]
    public PodCertificateRequestStatus Status { get; set; } = new();
}
