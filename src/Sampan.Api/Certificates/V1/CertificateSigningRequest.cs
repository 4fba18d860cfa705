using Sampan.Api.Meta.V1;

namespace Sampan.Api.Certificates.V1;

/// <summary>Asks a signer for an X.509 certificate.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequest")]
[Kind("certificates.k8s.io", "v1", Plural = "certificatesigningrequests", Singular = "certificatesigningrequest", ShortNames = ["csr"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("approval", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class CertificateSigningRequest : IObject<CertificateSigningRequest>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What is to be certified, by which signer, and who asks; immutable.</summary>
    [Field("spec", 2, Required = true)]
    public CertificateSigningRequestSpec Spec { get; set; } = new();

    /// <summary>Whether it was approved, and the certificate.</summary>
    [Field("status", 3)]
    public CertificateSigningRequestStatus Status { get; set; } = new();
}
