using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Certificates;

/// <summary>Has a certificate signed by the cluster: sends the request, and waits until it is answered.</summary>
/// <param name="client">Whoever may ask.</param>
/// <param name="patience">How long somebody may take to approve it.</param>
/// <param name="time">The clock.</param>
public sealed class CertificateOrder(ApiClient client, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <returns>The certificate, in PEM.</returns>
    /// <exception cref="CertificateOrderException">The request was denied, failed, or was left lying.</exception>
    public async Task<string> PlaceAsync(string signer, string requestPem, IEnumerable<string> usages, CancellationToken cancellationToken)
    {
        var requests = client.Of<CertificateSigningRequest>();
        var created = await requests.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { GenerateName = "csr-" },
                Spec = new() { SignerName = signer, Request = Encoding.ASCII.GetBytes(requestPem), Usages = [.. usages] },
            },
            cancellationToken);
        var name = created.Metadata.Name;
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < patience; await Task.Delay(Look, time, cancellationToken))
        {
            if (Answer(await requests.GetAsync(null, name, cancellationToken)) is { } certificate)
            {
                return Encoding.ASCII.GetString(certificate);
            }
        }

        throw new CertificateOrderException(
            $"nobody approved the certificate request {name} within {patience.TotalSeconds:0} s; look at it with kubectl describe csr {name}, "
            + $"and allow it with: kubectl certificate approve {name}");
    }

    private static byte[]? Answer(CertificateSigningRequest request)
    {
        if (request.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type is "Denied" or "Failed") is { } refusal)
        {
            throw new CertificateOrderException($"the certificate request {request.Metadata.Name} was refused ({refusal.Type}): {refusal.Reason}: {refusal.Message}");
        }

        return request.Status.Certificate is { Length: > 0 } certificate ? certificate : null;
    }
}
