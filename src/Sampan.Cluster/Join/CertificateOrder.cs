using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api.Certificates.V1;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>Has a certificate signed by the cluster: makes a key, sends the request, and waits for the answer.</summary>
internal sealed class CertificateOrder(ApiClient client, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <exception cref="HostException">The request was denied, failed, or was left lying.</exception>
    public async Task<KeyPair> PlaceAsync(string signer, CertificateProfile profile, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var created = await client.Of<CertificateSigningRequest>().CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { GenerateName = "csr-" },
                Spec = new()
                {
                    SignerName = signer,
                    Request = Encoding.ASCII.GetBytes(Request(profile, key)),
                    Usages = ["digital signature", profile.IsServer ? "server auth" : "client auth"],
                },
            },
            ct);
        var certificate = await WaitAsync(created, ct);
        return new KeyPair(Encoding.ASCII.GetString(certificate), PrivateKeys.ToPem(key));
    }

    private static string Request(CertificateProfile profile, ECDsa key)
    {
        var request = new CertificateRequest(CertificateAuthority.SubjectOf(profile), key, HashAlgorithmName.SHA256);
        if (profile.DnsNames.Count + profile.Addresses.Count > 0) request.CertificateExtensions.Add(CertificateAuthority.NamesOf(profile));
        return request.CreateSigningRequestPem() + "\n";
    }

    private async Task<byte[]> WaitAsync(CertificateSigningRequest created, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        var name = created.Metadata.Name;
        try
        {
            while (true)
            {
                if (Answer(await client.Of<CertificateSigningRequest>().GetAsync(null, name, either.Token)) is { } certificate) return certificate;
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HostException(
                $"nobody approved the certificate request {name} within {Limit.TotalSeconds:0} s; look at it with kubectl describe csr {name}, "
                + $"and allow it with: kubectl certificate approve {name}");
        }
    }

    private static byte[]? Answer(CertificateSigningRequest request)
    {
        if (request.Status?.Conditions?.Find(c => c.Type is "Denied" or "Failed") is { } refusal)
            throw new HostException($"the certificate request {request.Metadata.Name} was refused ({refusal.Type}): {refusal.Reason}: {refusal.Message}");
        return request.Status?.Certificate is { Length: > 0 } certificate ? certificate : null;
    }
}
