namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodCertificateProjection")]
public sealed partial class PodCertificateProjection : IApiType<PodCertificateProjection>
{
    [Field("signerName", 1, Required = true, OmitEmpty = true)]
    public string SignerName { get; set; } = "";

    [Field("keyType", 2, Required = true, OmitEmpty = true)]
    public string KeyType { get; set; } = "";

    [Field("maxExpirationSeconds", 3)]
    public int? MaxExpirationSeconds { get; set; }

    [Field("credentialBundlePath", 4)]
    public string? CredentialBundlePath { get; set; }

    [Field("keyPath", 5)]
    public string? KeyPath { get; set; }

    [Field("certificateChainPath", 6)]
    public string? CertificateChainPath { get; set; }

    [Field("userAnnotations", 7)]
    public Dictionary<string, string>? UserAnnotations { get; set; }
}
