using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.ControllerManager.Certificates;
using Sampan.Kubelet.Certificates;

namespace Sampan.Cluster.Join;

/// <summary>A joined node's authority, client certificate and serving certificate, below its data directory.</summary>
internal sealed class NodeCertificates(string folder, string nodeName, IPAddress address, TimeProvider time)
{
    private const string Nodes = "system:nodes";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string AuthorityFile => Path.Combine(folder, "ca.crt");

    /// <summary>The client certificate and its key: in one file, so that there is no moment at which they do not match.</summary>
    public string ClientFile => Of(PkiDirectory.KubeletClient(nodeName));

    private string User => $"system:node:{nodeName}";

    /// <summary>The authority that this node trusts; null before it joined.</summary>
    public string? Authority => PemFile.ReadIfPresent(AuthorityFile);

    public void KeepAuthority(string pem) => PemFile.Write(AuthorityFile, pem);

    /// <summary>Whether the node has a client certificate that is valid still.</summary>
    public bool HasClient => ReadClient() is { } pair && pair.IsMatching() && time.GetUtcNow() < NotAfter(pair);

    public bool NeedsClient => !IsFresh(ReadClient());

    public bool NeedsServing => !IsFresh(ReadServing());

    /// <summary>How long both may be left alone.</summary>
    public TimeSpan Rest => new[] { ReadClient(), ReadServing() }.Min(RestOf);

    public Task OrderClientAsync(ApiClient client, CancellationToken ct) => OrderAsync(
        client, SignerNames.KubeletClient, CertificateProfile.Client(User, Nodes), PkiDirectory.KubeletClient(nodeName), ct);

    public Task OrderServingAsync(ApiClient client, CancellationToken ct) => OrderAsync(
        client, SignerNames.KubeletServing,
        CertificateProfile.Server(User, [nodeName, address.ToString()]) with { Organizations = [Nodes] },
        PkiDirectory.KubeletServer(nodeName), ct);

    public X509Certificate2 Serving() => ReadServing()!.ToCertificate();

    private async Task OrderAsync(ApiClient client, string signer, CertificateProfile profile, string name, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var usage = profile.IsServer ? "server auth" : "client auth";
        try
        {
            var certificate = await new CertificateOrder(client, Patience, time).PlaceAsync(signer, RequestOf(profile, key), ["digital signature", usage], ct);
            PemFile.Write(Of(name), $"{certificate.TrimEnd()}\n{PrivateKeys.ToPem(key)}");
        }
        catch (CertificateOrderException e)
        {
            throw new HostException(e.Message, e);
        }
    }

    private static string RequestOf(CertificateProfile profile, ECDsa key)
    {
        var request = new CertificateRequest(CertificateAuthority.SubjectOf(profile), key, HashAlgorithmName.SHA256);
        if (profile.DnsNames.Count + profile.Addresses.Count > 0) request.CertificateExtensions.Add(CertificateAuthority.NamesOf(profile));
        return request.CreateSigningRequestPem() + "\n";
    }

    private bool IsFresh(KeyPair? pair)
    {
        if (pair is null || !pair.IsMatching()) return false;
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return CertificateLife.IsFresh(certificate, time.GetUtcNow());
    }

    private TimeSpan RestOf(KeyPair? pair)
    {
        if (pair is null || !pair.IsMatching()) return TimeSpan.Zero;
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return CertificateLife.Rest(certificate, time.GetUtcNow());
    }

    private static DateTimeOffset NotAfter(KeyPair pair)
    {
        using var certificate = X509Certificate2.CreateFromPem(pair.CertificatePem);
        return certificate.NotAfter;
    }

    private KeyPair? ReadClient() => Read(PkiDirectory.KubeletClient(nodeName));

    private KeyPair? ReadServing() => Read(PkiDirectory.KubeletServer(nodeName));

    private KeyPair? Read(string name) => PemFile.ReadIfPresent(Of(name)) is { } pem ? new KeyPair(pem, pem) : null;

    private string Of(string name) => Path.Combine(folder, name + ".pem");
}
