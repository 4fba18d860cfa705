namespace Sampan.Api.Certificates.V1;

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestSpec")]
public sealed partial class CertificateSigningRequestSpec : IApiType<CertificateSigningRequestSpec>
{
    [Field("request", 1, Required = true)]
    public byte[] Request { get; set; } = [];

    [Field("signerName", 7, Required = true)]
    public string SignerName { get; set; } = "";

    [Field("expirationSeconds", 8)]
    public int? ExpirationSeconds { get; set; }

    [Field("usages", 5, ListType = "atomic")]
    public List<string>? Usages { get; set; }

    [Field("username", 2)]
    public string? Username { get; set; }

    [Field("uid", 3)]
    public string? Uid { get; set; }

    [Field("groups", 4, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    [Field("extra", 6, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }
}
