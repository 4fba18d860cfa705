namespace Sampan.Api.Certificates.V1;

/// <summary>A request for a certificate with the requester's identity.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestSpec")]
public sealed partial class CertificateSigningRequestSpec : IApiType<CertificateSigningRequestSpec>
{
    /// <summary>PKCS #10 request as a PEM block CERTIFICATE REQUEST, base64-encoded once more in JSON.</summary>
    [Field("request", 1, Required = true)]
    public byte[] Request { get; set; } = [];

    /// <summary>Who is to sign, such as kubernetes.io/kubelet-serving; decides on trust, permitted contents and approval.</summary>
    [Field("signerName", 7, Required = true)]
    public string SignerName { get; set; } = "";

    /// <summary>Wanted validity in seconds, at least 600; the signer may choose another.</summary>
    [Field("expirationSeconds", 8)]
    public int? ExpirationSeconds { get; set; }

    /// <summary>What the certificate is for, such as digital signature and client auth; signers insist on certain sets.</summary>
    [Field("usages", 5, ListType = "atomic")]
    public List<string>? Usages { get; set; }

    /// <summary>User who made the request; filled in by the server.</summary>
    [Field("username", 2)]
    public string? Username { get; set; }

    /// <summary>UID of the user who made the request; filled in by the server.</summary>
    [Field("uid", 3)]
    public string? Uid { get; set; }

    /// <summary>Groups of the user who made the request; filled in by the server.</summary>
    [Field("groups", 4, ListType = "atomic")]
    public List<string>? Groups { get; set; }

    /// <summary>Whatever else the authenticator found out about the requester; filled in by the server.</summary>
    [Field("extra", 6, Wrapped = true)]
    public Dictionary<string, List<string>>? Extra { get; set; }
}
