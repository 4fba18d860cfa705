namespace Sampan.Api.Certificates.V1Beta1;

/// <summary>Which pod on which node asks which signer for a certificate.</summary>
[ApiType("io.k8s.api.certificates.v1beta1.PodCertificateRequestSpec")]
public sealed partial class PodCertificateRequestSpec : IApiType<PodCertificateRequestSpec>
{
    /// <summary>Who is to sign: a signer of your own domain, or one under kubernetes.io, which are reserved.</summary>
    [Field("signerName", 1, Required = true)]
    public string SignerName { get; set; } = "";

    /// <summary>Pod, in the request's namespace, that gets the certificate.</summary>
    [Field("podName", 2, Required = true)]
    public string PodName { get; set; } = "";

    /// <summary>UID of that pod, to rule out a namesake.</summary>
    [Field("podUID", 3, Required = true)]
    public string PodUID { get; set; } = "";

    /// <summary>Service account the pod uses, for signers that certify it.</summary>
    [Field("serviceAccountName", 4, Required = true)]
    public string ServiceAccountName { get; set; } = "";

    /// <summary>UID of that service account, to rule out a later one of the same name.</summary>
    [Field("serviceAccountUID", 5, Required = true)]
    public string ServiceAccountUID { get; set; } = "";

    /// <summary>Node the pod runs on; must be the one whose kubelet asks.</summary>
    [Field("nodeName", 6, Required = true)]
    public string NodeName { get; set; } = "";

    /// <summary>UID of that node, which must be the one the pod is bound to.</summary>
    [Field("nodeUID", 7, Required = true)]
    public string NodeUID { get; set; } = "";

    /// <summary>
    /// Longest validity wanted, in seconds, 3600 to 7862400 (91 days); default 86400. The signer may go below, not under an hour.
    /// </summary>
    [Field("maxExpirationSeconds", 8, Default = "86400")]
    public int? MaxExpirationSeconds { get; set; }

    /// <summary>Deprecated: public key in PKIX form; empty if a stub request is given, which contains the key.</summary>
    [Field("pkixPublicKey", 9)]
    public byte[]? PkixPublicKey { get; set; }

    /// <summary>Deprecated: signature over the pod's UID with the private key; a stub request carries its own.</summary>
    [Field("proofOfPossession", 10)]
    public byte[]? ProofOfPossession { get; set; }

    /// <summary>
    /// PKCS #10 request in DER, empty but for the public key and its signature, which the API server verifies. RSA, ECDSA or Ed25519.
    /// </summary>
    [Field("stubPKCS10Request", 12, Required = true)]
    public byte[] StubPKCS10Request { get; set; } = [];

    /// <summary>What the pod's author wants to tell the signer, by key; nobody has checked it.</summary>
    [Field("unverifiedUserAnnotations", 11)]
    public Dictionary<string, string>? UnverifiedUserAnnotations { get; set; }
}
