namespace Sampan.Api.Core.V1;

/// <summary>Writes a private key and a certificate chain issued for the pod into a projected volume, and renews them.</summary>
[ApiType("io.k8s.api.core.v1.PodCertificateProjection")]
public sealed partial class PodCertificateProjection : IApiType<PodCertificateProjection>
{
    /// <summary>Signer that is to issue the certificate, in the form domain/name.</summary>
    [Field("signerName", 1, Required = true, OmitEmpty = true)]
    public string SignerName { get; set; } = "";

    /// <summary>Key pair to generate: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519.</summary>
    [Field("keyType", 2, Required = true, OmitEmpty = true)]
    public string KeyType { get; set; } = "";

    /// <summary>Longest validity in seconds that the signer may grant, 3600 to 7862400 (91 days); 86400 (one day) by default.</summary>
    [Field("maxExpirationSeconds", 3)]
    public int? MaxExpirationSeconds { get; set; }

    /// <summary>File in the volume for key and chain together in PEM form; the safe choice, as both always match.</summary>
    [Field("credentialBundlePath", 4)]
    public string? CredentialBundlePath { get; set; }

    /// <summary>File in the volume for the key alone; during renewal it may briefly not match the chain's file.</summary>
    [Field("keyPath", 5)]
    public string? KeyPath { get; set; }

    /// <summary>File in the volume for the chain alone; during renewal it may briefly not match the key's file.</summary>
    [Field("certificateChainPath", 6)]
    public string? CertificateChainPath { get; set; }

    /// <summary>Remarks passed unverified to the signer; keys need a domain prefix, and the signer says which it knows.</summary>
    [Field("userAnnotations", 7)]
    public Dictionary<string, string>? UserAnnotations { get; set; }
}
