namespace Sampan.Client;

/// <summary>A cluster, a user and a context of one name, as they are written into a kubeconfig. PEM texts, not base64.</summary>
public sealed record KubeconfigContext(string Name, string Server)
{
    public string? CertificateAuthority { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientKey { get; init; }

    public string? Token { get; init; }

    public string? Namespace { get; init; }
}
